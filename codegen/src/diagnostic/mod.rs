//! Problems with their places, and how they are shown.
//!
//! A stage says *what* is wrong and names the node by its JSON pointer. Line and column are looked
//! up only when a report is made, so a good run never pays for them.

mod loss;
mod nearest;
mod problem;
mod report;
mod source;

pub use loss::Loss;
pub(crate) use nearest::nearest;
pub use problem::{Code, Problem, Spot};
pub(crate) use report::Locate;
pub use report::{Place, Report};
pub use source::Source;

/// What a stage gives when it fails: every problem that it found.
pub type Problems = Vec<Problem>;

//! What the document says and the client does not carry.

use super::{Code, Place, Problem};

/// One thing that the document says and the client does not carry.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loss {
    /// Where the document says it.
    pub place: Place,
    /// What is not carried, and what the client does instead.
    pub what: String,
}

impl Loss {
    /// The loss that a problem with this place tells of.
    pub(crate) fn of((problem, place): (&Problem, &Place)) -> Self {
        Self {
            place: place.clone(),
            what: problem.message.clone(),
        }
    }

    pub(crate) fn into_problem(self) -> Problem {
        Problem::new(Code::Loss, self.place.spot(), self.what)
            .help("allow it by leaving out `deny loss`, or correct the document in an overlay")
    }
}

impl std::fmt::Display for Loss {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.place, self.what)
    }
}

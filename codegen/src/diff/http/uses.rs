//! The parts of operations that a difference can be in.

/// A part of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// `GET /v3/user/credits`.
    pub(crate) operation: String,
    pub(crate) part: Part,
}

/// What part of an operation it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// A parameter or the body.
    Request,
    /// The response with this status.
    Response(String),
}

/// All uses, and by that the numbers by which findings name them.
#[derive(Debug, Default)]
pub(crate) struct Uses(Vec<Use>);

impl Uses {
    /// Notes one, and gives its number.
    pub(crate) fn add(&mut self, operation: &str, part: Part) -> usize {
        let one = Use {
            operation: operation.to_owned(),
            part,
        };
        // Parts of one operation come one after the other.
        let near = self.0.len().saturating_sub(NEAR);
        if let Some(known) = self.0[near..].iter().position(|known| *known == one) {
            return near + known;
        }
        self.0.push(one);
        self.0.len() - 1
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, number: usize) -> Option<&Use> {
        self.0.get(number)
    }
}

/// How many uses back an equal one is looked for.
const NEAR: usize = 32;

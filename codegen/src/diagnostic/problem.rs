//! One problem, before anyone looked up its line.

/// What kind of problem it is: stable, so that it can be searched for and tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// A file cannot be read.
    File,
    /// The text is not YAML or JSON.
    Syntax,
    /// A mapping has one key twice (YAML 1.2 §3.2.1.3, RFC 8259 §4).
    DuplicateKey,
    /// The document is deeper or larger than the compiler reads.
    Limit,
    /// There is no such setting, or it takes another value.
    Setting,
    /// An overlay is not one, or an action of it matches nothing.
    Overlay,
    /// A lock of names is not one, or has names that cannot be.
    Lock,
    /// The document is of no version that the compiler reads.
    Version,
    /// A part of the document is not what its place demands.
    Structure,
    /// A `$ref` leads nowhere, out of the document, or in a circle.
    Reference,
    /// The document asks for something that no client could do.
    Conflict,
    /// The document says something that the client does not carry, and that was denied.
    Loss,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::File,
        Self::Syntax,
        Self::DuplicateKey,
        Self::Limit,
        Self::Setting,
        Self::Overlay,
        Self::Lock,
        Self::Version,
        Self::Structure,
        Self::Reference,
        Self::Conflict,
        Self::Loss,
    ];

    /// The code as it stands in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::Limit => "limit",
            Self::Setting => "setting",
            Self::Overlay => "overlay",
            Self::Lock => "lock",
            Self::Version => "version",
            Self::Structure => "structure",
            Self::Reference => "reference",
            Self::Conflict => "conflict",
            Self::Loss => "loss",
        }
    }
}

/// Where a problem is, as the stage that found it knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A file as a whole.
    File(usize),
    /// A byte offset in a file.
    Offset(usize, usize),
    /// A node, by file and JSON pointer (RFC 6901).
    Node(usize, String),
    /// The second occurrence of a key, by file and the pointer of its node.
    SecondKey(usize, String),
}

/// One thing that is wrong, and the way out where one is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// Where it is.
    pub spot: Spot,
    /// What is wrong: what was found, what was expected.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A second place that has to do with it, and what it is.
    pub related: Option<(Spot, String)>,
}

impl Problem {
    /// A problem at a node of the document itself.
    pub fn at(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, Spot::Node(0, pointer.into()), message)
    }

    /// A problem at any spot.
    pub fn new(code: Code, spot: Spot, message: impl Into<String>) -> Self {
        Self {
            code,
            spot,
            message: message.into(),
            help: None,
            related: None,
        }
    }

    /// Says what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at a second node of the document.
    pub fn related(mut self, pointer: impl Into<String>, label: impl Into<String>) -> Self {
        self.related = Some((Spot::Node(0, pointer.into()), label.into()));
        self
    }
}

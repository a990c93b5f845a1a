//! The tokens of one line as text, with the spaces that `prettyplease` puts between them.

use std::fmt::Write;

use proc_macro2::{Delimiter, Ident, Spacing};

use super::token::{Group, Token};

/// What is not printed here, as it takes the tree of the code to know how.
#[derive(Debug)]
pub(super) struct Doubt;

/// Where the tokens stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Up to the brace of an item, or in its fields.
    Head,
    /// In the body of a function.
    Code,
    /// An item that is the call of a macro.
    Macro,
}

/// Characters of a struct expression up to its closing brace; with more it goes over several lines.
const STRUCT_WIDTH: usize = 34;

/// Words before which and after which there is always a space.
const SPACED: [&str; 10] = [
    "as", "const", "dyn", "for", "impl", "in", "let", "match", "mut", "type",
];
/// Words that begin what has blocks of its own.
const BLOCKS: [&str; 11] = [
    "async", "else", "for", "if", "loop", "match", "move", "return", "try", "unsafe", "while",
];

/// What the last token asks of the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The line begins.
    Nothing,
    /// A name or a literal.
    Word,
    /// A word that is no name.
    Keyword,
    /// The end of something in brackets.
    Close,
    /// What holds on to the next token.
    Tight,
    /// What wants a space after it.
    Loose,
}

/// One line that is being written.
pub(super) struct Line<'a> {
    out: &'a mut String,
    place: Place,
    last: Last,
    /// Where the path begins that the last token ends.
    path: usize,
    /// Whether the last name begins with a capital.
    is_type: bool,
    /// Whether the arguments of a closure are open.
    in_closure: bool,
}

/// Writes tokens on one line.
pub(super) fn line(tokens: &[Token], place: Place, out: &mut String) -> Result<(), Doubt> {
    let mut line = Line {
        path: out.len(),
        out,
        place,
        last: Last::Nothing,
        is_type: false,
        in_closure: false,
    };
    let mut rest = tokens;
    while let Some(token) = rest.first() {
        let taken = match token {
            Token::Punct(_) => line.operator(rest)?,
            Token::Ident(ident) => {
                line.word(ident)?;
                1
            }
            Token::Literal(literal) => {
                line.space_unless_tight();
                let start = line.out.len();
                write!(line.out, "{literal}").map_err(|_| Doubt)?;
                if line.out[start..].contains('\n') {
                    return Err(Doubt);
                }
                line.last = Last::Word;
                line.is_type = false;
                1
            }
            Token::Group(group) => {
                line.group(group)?;
                1
            }
        };
        rest = &rest[taken..];
    }
    Ok(())
}

/// The operators of several signs that are known here.
const LONG: [&str; 5] = ["..=", "..", "::", "->", "=>"];

/// The operator that begins the tokens.
pub(super) fn operator(tokens: &[Token]) -> (&'static str, char) {
    let mut signs = ['\0'; 3];
    let mut count = 0;
    for token in tokens.iter().take(3) {
        let Token::Punct(sign) = token else { break };
        signs[count] = sign.as_char();
        count += 1;
        if sign.spacing() == Spacing::Alone {
            break;
        }
    }
    let is_here = |known: &&&str| {
        known.len() <= count && known.chars().zip(signs).all(|(one, other)| one == other)
    };
    (LONG.iter().find(is_here).copied().unwrap_or(""), signs[0])
}

impl Line<'_> {
    fn space_unless_tight(&mut self) {
        if !matches!(self.last, Last::Nothing | Last::Tight) {
            self.out.push(' ');
        }
    }

    fn space_if(&mut self, any: &[Last]) {
        if any.contains(&self.last) {
            self.out.push(' ');
        }
    }

    fn push(&mut self, text: &str, last: Last) {
        self.out.push_str(text);
        self.last = last;
    }

    fn word(&mut self, ident: &Ident) -> Result<(), Doubt> {
        let continues = self.last == Last::Tight && self.out.ends_with("::");
        self.space_unless_tight();
        let start = self.out.len();
        write!(self.out, "{ident}").map_err(|_| Doubt)?;
        let word = &self.out[start..];
        if self.place == Place::Code && BLOCKS.contains(&word) {
            return Err(Doubt);
        }
        let is_lifetime = self.out[..start].ends_with('\'');
        self.last = if is_lifetime || SPACED.contains(&word) {
            Last::Keyword
        } else {
            Last::Word
        };
        self.is_type = word.starts_with(|c: char| c.is_ascii_uppercase());
        if !continues {
            self.path = start;
        }
        Ok(())
    }

    /// Writes one operator, and says of how many tokens it is.
    fn operator(&mut self, tokens: &[Token]) -> Result<usize, Doubt> {
        let (long, sign) = operator(tokens);
        match long {
            "" => {
                self.sign(sign)?;
                return Ok(1);
            }
            "::" => {
                self.space_if(&[Last::Loose, Last::Keyword]);
                self.push(long, Last::Tight);
            }
            ".." => {
                self.space_if(&[Last::Loose]);
                self.push(long, Last::Tight);
            }
            "..=" => self.push(long, Last::Tight),
            _ => {
                self.out.push(' ');
                self.push(long, Last::Loose);
            }
        }
        Ok(long.len())
    }

    fn sign(&mut self, sign: char) -> Result<(), Doubt> {
        let is_operand = matches!(self.last, Last::Word | Last::Close);
        match sign {
            ',' => self.push(",", Last::Loose),
            ';' => self.push(";", Last::Loose),
            ':' => self.push(":", Last::Loose),
            '.' => self.push(".", Last::Tight),
            '?' => self.push("?", Last::Close),
            '<' => {
                self.space_if(&[Last::Loose]);
                self.push("<", Last::Tight);
            }
            '>' => self.push(">", Last::Close),
            '=' | '+' => {
                self.out.push(' ');
                self.out.push(sign);
                self.last = Last::Loose;
            }
            '&' | '*' if !is_operand => {
                self.space_unless_tight();
                self.out.push(sign);
                self.last = Last::Tight;
            }
            '\'' => {
                self.space_unless_tight();
                self.push("'", Last::Tight);
            }
            '|' if self.in_closure => {
                self.in_closure = false;
                self.push("|", Last::Loose);
            }
            '|' if is_operand => self.push(" |", Last::Loose),
            '|' => {
                self.in_closure = true;
                self.space_unless_tight();
                self.push("|", Last::Tight);
            }
            '!' if self.place == Place::Macro => self.push("!", Last::Tight),
            _ => return Err(Doubt),
        }
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), Doubt> {
        let tokens = group.tokens();
        match group.delimiter() {
            Delimiter::Parenthesis => {
                self.space_if(&[Last::Loose, Last::Keyword]);
                self.out.push('(');
                line(listed(tokens, true)?, self.place, self.out)?;
                self.push(")", Last::Close);
            }
            Delimiter::Bracket => {
                self.space_if(&[Last::Loose, Last::Keyword]);
                self.out.push('[');
                line(listed(tokens, false)?, self.place, self.out)?;
                self.push("]", Last::Close);
            }
            Delimiter::Brace if self.place == Place::Code && self.is_type => {
                self.expression(tokens)?;
            }
            _ => return Err(Doubt),
        }
        self.is_type = false;
        Ok(())
    }

    /// The fields of a struct expression that fits on the line.
    fn expression(&mut self, tokens: &[Token]) -> Result<(), Doubt> {
        if tokens.is_empty() {
            self.push(" {}", Last::Close);
            return Ok(());
        }
        self.out.push_str(" { ");
        line(listed(tokens, false)?, self.place, self.out)?;
        self.out.push(' ');
        if self.out.len() - self.path > STRUCT_WIDTH {
            return Err(Doubt);
        }
        self.push("}", Last::Close);
        Ok(())
    }
}

/// The items of a list without a comma after the last one; alone in parentheses it may make a tuple.
fn listed(tokens: &[Token], in_parentheses: bool) -> Result<&[Token], Doubt> {
    let is_comma = |token: &Token| matches!(token, Token::Punct(sign) if sign.as_char() == ',');
    match tokens.split_last() {
        Some((last, others)) if is_comma(last) => {
            if in_parentheses && !others.iter().any(is_comma) {
                return Err(Doubt);
            }
            Ok(others)
        }
        _ => Ok(tokens),
    }
}

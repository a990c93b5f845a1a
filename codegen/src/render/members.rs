//! A macro whose argument is a name with members in braces, each on a line, as those of a struct are. No other printer
//! knows what is in a macro.

use proc_macro2::Delimiter;

use super::plain::{INDENT, finish, indented, to_comma};
use super::spacing::{Doubt, Place, line};
use super::token::{Group, Token};

/// What stands before the parentheses, and what is in them.
pub(super) struct Members<'t> {
    path: &'t [Token],
    name: &'t [Token],
    inner: &'t Group,
}

impl<'t> Members<'t> {
    /// Tokens such as `rt::object!(Name { … });`.
    pub(super) fn of(tokens: &'t [Token]) -> Option<Self> {
        let [path @ .., Token::Group(argument), Token::Punct(end)] = tokens else {
            return None;
        };
        let [name @ .., Token::Group(members)] = argument.tokens() else {
            return None;
        };
        let is_it = end.as_char() == ';'
            && argument.delimiter() == Delimiter::Parenthesis
            && members.delimiter() == Delimiter::Brace;
        is_it.then_some(Self {
            path,
            name,
            inner: members,
        })
    }

    pub(super) fn print(&self, indent: usize, out: &mut String) -> Result<(), Doubt> {
        let start = indented(indent, out);
        line(self.path, Place::Macro, out)?;
        out.push('(');
        line(self.name, Place::Head, out)?;
        let mut rest = self.inner.tokens();
        if rest.is_empty() {
            out.push_str(" {});");
            return finish(start, out);
        }
        out.push_str(" {\n");
        while !rest.is_empty() {
            let (member, after) = rest.split_at(to_comma(rest));
            indented(indent + INDENT, out);
            line(member, Place::Head, out)?;
            // A name on the wire may be long, and has no place to be broken.
            out.push_str(",\n");
            rest = after.get(1..).unwrap_or_default();
        }
        indented(indent, out);
        out.push_str("});\n");
        Ok(())
    }
}

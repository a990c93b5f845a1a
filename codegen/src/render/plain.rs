//! Prints the code that needs no line to be broken, which is nearly all, straight from its tokens.
//!
//! `prettyplease` prints any code. For that it needs a tree, and making that tree of the tokens took more time than
//! all stages before. What is printed here is what it prints; where that is not sure (a line that is
//! too long, a block within an expression, a macro) it is asked, for that function, field or item alone. A test
//! compares both.

use proc_macro2::{Delimiter, Ident, Literal, Spacing};
use quote::quote;

use super::broken;
use super::members::Members;
use super::spacing::{Doubt, Place, line, operator};
use super::token::{self, Token};

/// Columns of a line, as `prettyplease` has them.
pub(super) const WIDTH: usize = 89;
pub(super) const INDENT: usize = 4;

/// What a list of parts stands in.
#[derive(Clone, Copy)]
enum Within {
    File,
    Impl,
    Struct,
    Enum,
}

/// Items, one after the other.
pub(super) fn items(tokens: &[Token]) -> Result<String, Doubt> {
    let mut out = String::new();
    parts(tokens, Within::File, 0, &mut out)?;
    Ok(out)
}

/// Each item, field or variant; one that is in doubt is printed by the other printer.
fn parts(tokens: &[Token], within: Within, indent: usize, out: &mut String) -> Result<(), Doubt> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let length = match within {
            Within::File | Within::Impl => item_length(rest),
            Within::Struct | Within::Enum => to_comma(rest),
        };
        let (part, after) = rest.split_at(length);
        let start = out.len();
        let result = match within {
            Within::File | Within::Impl => item(part, indent, out),
            Within::Struct | Within::Enum => field(part, indent, out),
        };
        if result.is_err() {
            out.truncate(start);
            out.push_str(&in_full(part, within)?);
        }
        rest = match within {
            Within::File | Within::Impl => after,
            Within::Struct | Within::Enum => after.get(1..).unwrap_or_default(),
        };
    }
    Ok(())
}

/// A part as the other printer prints it in its place.
fn in_full(part: &[Token], within: Within) -> Result<String, Doubt> {
    let part = token::stream(part);
    let whole = match within {
        Within::File => part,
        Within::Impl => quote!(impl X { #part }),
        Within::Struct => quote!(struct X { #part }),
        Within::Enum => quote!(enum X { #part }),
    };
    let file = syn::parse2(whole).map_err(|_| Doubt)?;
    let text = prettyplease::unparse(&file);
    if matches!(within, Within::File) {
        return Ok(text);
    }
    let inner = text
        .split_once('\n')
        .and_then(|(_, rest)| rest.strip_suffix("}\n"));
    inner.map(str::to_owned).ok_or(Doubt)
}

/// Up to the semicolon or the braces that end an item.
fn item_length(tokens: &[Token]) -> usize {
    let ends = |token: &Token| match token {
        Token::Punct(sign) => sign.as_char() == ';',
        Token::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let is_use = tokens.iter().take(2).any(|token| is_word(token, "use"));
    let ends = |token: &Token| match token {
        Token::Group(_) if is_use => false,
        other => ends(other),
    };
    tokens
        .iter()
        .position(ends)
        .map_or(tokens.len(), |last| last + 1)
}

/// Up to the comma that is not within `<…>`.
pub(super) fn to_comma(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    let mut is_joint = false;
    for (index, token) in tokens.iter().enumerate() {
        if let Token::Punct(sign) = token {
            match sign.as_char() {
                ',' if depth == 0 => return index,
                '<' => depth += 1,
                // Not that of `->` or `=>`.
                '>' if !is_joint => depth = depth.saturating_sub(1),
                _ => {}
            }
            is_joint = sign.spacing() == Spacing::Joint && matches!(sign.as_char(), '-' | '=');
        } else {
            is_joint = false;
        }
    }
    tokens.len()
}

pub(super) fn is_word(token: &Token, word: &str) -> bool {
    matches!(token, Token::Ident(ident) if ident == word)
}

/// Begins a line.
pub(super) fn indented(indent: usize, out: &mut String) -> usize {
    let start = out.len();
    out.extend(std::iter::repeat_n(' ', indent));
    start
}

/// Ends a line that began at `start`, unless it is too long.
pub(super) fn finish(start: usize, out: &mut String) -> Result<(), Doubt> {
    if out.len() - start > WIDTH {
        return Err(Doubt);
    }
    out.push('\n');
    Ok(())
}

fn item(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let tokens = attributes(tokens, indent, out)?;
    if let Some(members) = Members::of(tokens) {
        return members.print(indent, out);
    }
    let start = indented(indent, out);
    let (last, head) = tokens.split_last().ok_or(Doubt)?;
    let body = match last {
        Token::Group(group) if group.delimiter() == Delimiter::Brace => group,
        _ => {
            let is_macro = matches!(head.get(head.len().saturating_sub(2)),
                Some(Token::Punct(sign)) if sign.as_char() == '!');
            let place = if is_macro { Place::Macro } else { Place::Head };
            if head.iter().any(|token| is_word(token, "use")) {
                return Err(Doubt);
            }
            line(tokens, place, out)?;
            return finish(start, out).or_else(|Doubt| {
                out.truncate(start + indent);
                broken::item(tokens, indent, out)
            });
        }
    };
    if head.iter().any(|token| is_word(token, "where")) {
        return Err(Doubt);
    }
    let body = body.tokens();
    let end = if body.is_empty() { " {}" } else { " {" };
    line(head, Place::Head, out)?;
    out.push_str(end);
    if finish(start, out).is_err() {
        // The last sign of `{}` may stand beyond the end, which depends on what it ends.
        if body.is_empty() && out.len() - start == WIDTH + 1 {
            return Err(Doubt);
        }
        out.truncate(start + indent);
        broken::head(head, end, indent, out)?;
    }
    if body.is_empty() {
        return Ok(());
    }
    let body_kind = head.iter().find_map(|token| match token {
        Token::Ident(word) => Body::of(word),
        _ => None,
    });
    match body_kind.ok_or(Doubt)? {
        Body::Statements => block(body, indent + INDENT, out)?,
        // The other printer is asked for a part with one level around it.
        Body::Parts(within) if indent == 0 => parts(body, within, INDENT, out)?,
        Body::Parts(_) => return Err(Doubt),
    }
    indented(indent, out);
    out.push_str("}\n");
    Ok(())
}

/// What the body of an item holds.
enum Body {
    Statements,
    Parts(Within),
}

impl Body {
    fn of(word: &Ident) -> Option<Self> {
        let within = |within| Some(Self::Parts(within));
        if word == "fn" {
            Some(Self::Statements)
        } else if word == "impl" {
            within(Within::Impl)
        } else if word == "struct" {
            within(Within::Struct)
        } else if word == "enum" {
            within(Within::Enum)
        } else {
            None
        }
    }
}

/// A field or a variant.
fn field(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let tokens = attributes(tokens, indent, out)?;
    let start = indented(indent, out);
    line(tokens, Place::Head, out)?;
    out.push(',');
    finish(start, out).or_else(|Doubt| {
        out.truncate(start + indent);
        broken::field(tokens, indent, out)
    })
}

/// Attributes, each on a line; what follows them is returned.
fn attributes<'a>(
    tokens: &'a [Token],
    indent: usize,
    out: &mut String,
) -> Result<&'a [Token], Doubt> {
    let mut rest = tokens;
    while let [Token::Punct(sign), after @ ..] = rest
        && sign.as_char() == '#'
    {
        let [Token::Group(group), after @ ..] = after else {
            return Err(Doubt);
        };
        attribute(group.tokens(), indent, out)?;
        rest = after;
    }
    Ok(rest)
}

fn attribute(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let start = indented(indent, out);
    if let [name, _, Token::Literal(literal)] = tokens
        && is_word(name, "doc")
    {
        let text = text_of(literal)?;
        if text.contains('\n') || text.starts_with('/') {
            return Err(Doubt);
        }
        out.push_str("///");
        out.push_str(text.trim_end_matches(' '));
        out.push('\n');
        return Ok(());
    }
    out.push_str("#[");
    line(tokens, Place::Head, out)?;
    out.push(']');
    finish(start, out).or_else(|Doubt| {
        out.truncate(start + indent);
        broken::attribute(tokens, indent, out)
    })
}

/// What a text says: as it is written where nothing in it is escaped.
fn text_of(literal: &Literal) -> Result<String, Doubt> {
    let written = literal.to_string();
    if let Some(text) = written
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        && !text.contains('\\')
    {
        return Ok(text.to_owned());
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Ok(text.value()),
        _ => Err(Doubt),
    }
}

/// The statements of a function.
fn block(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let is_end = |token: &Token| matches!(token, Token::Punct(sign) if sign.as_char() == ';');
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        let (statement, after) = rest.split_at(length);
        let end = if after.is_empty() { "" } else { ";" };
        match statement {
            [first, head @ .., Token::Group(arms)]
                if is_word(first, "match") && arms.delimiter() == Delimiter::Brace =>
            {
                if !end.is_empty() {
                    return Err(Doubt);
                }
                choice(head, arms.tokens(), indent, out)?;
            }
            _ => self::statement(statement, end, indent, out)?,
        }
        rest = after.get(1..).unwrap_or_default();
    }
    Ok(())
}

fn statement(tokens: &[Token], end: &str, indent: usize, out: &mut String) -> Result<(), Doubt> {
    let start = indented(indent, out);
    let begin = out.len();
    if line(tokens, Place::Code, out).is_ok() {
        out.push_str(end);
        return finish(start, out).or_else(|Doubt| {
            out.truncate(begin);
            broken::call(tokens, end, indent, out)
        });
    }
    out.truncate(begin);
    long_struct(tokens, end, indent, out)
}

/// A struct expression over several lines, by itself or as the one argument of a call.
fn long_struct(tokens: &[Token], end: &str, indent: usize, out: &mut String) -> Result<(), Doubt> {
    let start = out.len() - indent;
    let Some((Token::Group(group), before)) = tokens.split_last() else {
        return Err(Doubt);
    };
    let (fields, closing) = match group.delimiter() {
        Delimiter::Brace => {
            line(before, Place::Code, out)?;
            (group.tokens(), "}")
        }
        Delimiter::Parenthesis => {
            let inner = group.tokens();
            let Some((Token::Group(fields), path)) = inner.split_last() else {
                return Err(Doubt);
            };
            if fields.delimiter() != Delimiter::Brace {
                return Err(Doubt);
            }
            line(before, Place::Code, out)?;
            out.push('(');
            line(path, Place::Code, out)?;
            (fields.tokens(), "})")
        }
        _ => return Err(Doubt),
    };
    if !before_is_path(out) || fields.is_empty() {
        return Err(Doubt);
    }
    out.push_str(" {");
    finish(start, out)?;
    let mut rest = fields;
    while !rest.is_empty() {
        let (field, after) = rest.split_at(to_comma(rest));
        let start = indented(indent + INDENT, out);
        line(field, Place::Code, out)?;
        if operator(field).0 != ".." {
            out.push(',');
        }
        finish(start, out)?;
        rest = after.get(1..).unwrap_or_default();
    }
    let start = indented(indent, out);
    out.push_str(closing);
    out.push_str(end);
    finish(start, out)
}

/// Whether the line ends in the name of a type.
fn before_is_path(out: &str) -> bool {
    let name = out
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next();
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// A `match`.
fn choice(head: &[Token], arms: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let start = indented(indent, out);
    out.push_str("match ");
    line(head, Place::Code, out)?;
    out.push_str(" {");
    finish(start, out)?;
    let mut rest = arms;
    while !rest.is_empty() {
        let (arm, after) = rest.split_at(to_comma(rest));
        let is_unit = |token: &Token| {
            matches!(token, Token::Group(group)
                if group.delimiter() == Delimiter::Parenthesis && group.tokens().is_empty())
        };
        // As a body it would become a block.
        if let [.., Token::Punct(sign), body] = arm
            && sign.as_char() == '>'
            && is_unit(body)
        {
            return Err(Doubt);
        }
        let start = indented(indent + INDENT, out);
        line(arm, Place::Code, out)?;
        // The comma may stand beyond the end.
        if out.len() - start > WIDTH {
            out.truncate(start);
            broken::arm(arm, indent + INDENT, out)?;
        } else {
            out.push_str(",\n");
        }
        rest = after.get(1..).unwrap_or_default();
    }
    indented(indent, out);
    out.push_str("}\n");
    Ok(())
}

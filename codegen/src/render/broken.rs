//! What is too long for one line and is broken in one way only: signatures, lists, the arguments of types.
//!
//! `prettyplease` breaks the outermost list that does not fit, one element a line, and leaves what has no place to
//! break as long as it is.

use proc_macro2::Delimiter;

use super::plain::{INDENT, WIDTH, finish, indented, is_word, to_comma};
use super::spacing::{Doubt, Place, line};
use super::token::Token;

/// The head of an item, up to its brace (`end`), after the indent that is written already.
pub(super) fn head(
    tokens: &[Token],
    end: &str,
    indent: usize,
    out: &mut String,
) -> Result<(), Doubt> {
    if tokens.iter().any(|token| is_word(token, "fn")) {
        return signature(tokens, end, indent, out);
    }
    if !is_unbreakable(tokens) {
        return Err(Doubt);
    }
    match tokens.iter().position(|token| is_word(token, "for")) {
        Some(at) => {
            let (of, target) = tokens.split_at(at);
            line(of, Place::Head, out)?;
            out.push('\n');
            indented(indent, out);
            line(target, Place::Head, out)?;
        }
        None => line(tokens, Place::Head, out)?,
    }
    out.push_str(end);
    out.push('\n');
    Ok(())
}

/// A function each of whose arguments stands on a line.
fn signature(tokens: &[Token], end: &str, indent: usize, out: &mut String) -> Result<(), Doubt> {
    let is_list = |token: &Token| matches!(token, Token::Group(group) if group.delimiter() == Delimiter::Parenthesis);
    let name = tokens.iter().position(|token| is_word(token, "fn"));
    let arguments = name.map(|at| at + 2).ok_or(Doubt)?;
    // Generic parameters may be what is broken.
    let list = tokens.get(arguments).filter(|token| is_list(token));
    let Some(Token::Group(list)) = list else {
        return Err(Doubt);
    };
    let list = list.tokens();
    if list.is_empty() {
        return Err(Doubt);
    }
    line(&tokens[..arguments], Place::Head, out)?;
    out.push_str("(\n");
    elements(list, indent + INDENT, out, |part, _, out| {
        line(part, Place::Head, out)
    })?;
    let start = indented(indent, out);
    out.push(')');
    if let Some(result) = tokens.get(arguments + 1..).filter(|rest| !rest.is_empty()) {
        line(result, Place::Head, out)?;
    }
    out.push_str(end);
    finish(start, out)
}

/// The elements of a list, each on a line that fits and with a comma.
fn elements(
    tokens: &[Token],
    indent: usize,
    out: &mut String,
    write: impl Fn(&[Token], usize, &mut String) -> Result<(), Doubt>,
) -> Result<(), Doubt> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let (element, after) = rest.split_at(to_comma(rest));
        let start = indented(indent, out);
        write(element, indent, out)?;
        rest = after.get(1..).unwrap_or_default();
        // The comma after the last one is there as the list is broken, and is not measured.
        let last = out[start..]
            .rfind('\n')
            .map_or(start, |end| start + end + 1);
        let measured = out.len() + usize::from(!rest.is_empty()) - last;
        if measured > WIDTH && !is_unbreakable(element) {
            return Err(Doubt);
        }
        out.push_str(",\n");
    }
    Ok(())
}

/// An item without a body, with its semicolon.
pub(super) fn item(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let [before @ .., value, Token::Punct(_)] = tokens else {
        return Err(Doubt);
    };
    match value {
        Token::Literal(_) => {
            line(tokens, Place::Head, out)?;
            out.push('\n');
            Ok(())
        }
        Token::Group(list) if list.delimiter() == Delimiter::Bracket => {
            line(before, Place::Head, out)?;
            out.push_str("[\n");
            elements(list.tokens(), indent + INDENT, out, element)?;
            indented(indent, out);
            out.push_str("];\n");
            Ok(())
        }
        Token::Group(list) => {
            let name = list.tokens();
            let [Token::Ident(_)] = name else {
                return Err(Doubt);
            };
            let is_macro =
                matches!(before.last(), Some(Token::Punct(sign)) if sign.as_char() == '!');
            if !is_macro {
                return Err(Doubt);
            }
            line(before, Place::Macro, out)?;
            out.push_str("(\n");
            indented(indent + INDENT, out);
            line(name, Place::Macro, out)?;
            out.push('\n');
            indented(indent, out);
            out.push_str(");\n");
            Ok(())
        }
        _ => Err(Doubt),
    }
}

/// An attribute with a list, after the indent that is written already.
pub(super) fn attribute(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let [name, Token::Group(list)] = tokens else {
        return Err(Doubt);
    };
    out.push_str("#[");
    line(std::slice::from_ref(name), Place::Head, out)?;
    out.push_str("(\n");
    let mut rest = list.tokens();
    while !rest.is_empty() {
        let (element, after) = rest.split_at(to_comma(rest));
        rest = after.get(1..).unwrap_or_default();
        let start = indented(indent + INDENT, out);
        line(element, Place::Head, out)?;
        if !rest.is_empty() {
            out.push(',');
        }
        finish(start, out)?;
    }
    indented(indent, out);
    out.push_str(")]\n");
    Ok(())
}

/// One method of a variable, called on a line of its own, after the indent that is written already.
pub(super) fn call(
    tokens: &[Token],
    end: &str,
    indent: usize,
    out: &mut String,
) -> Result<(), Doubt> {
    let (receiver, method, arguments, question) = match tokens {
        [receiver, method @ .., Token::Group(arguments)] => (receiver, method, arguments, ""),
        [
            receiver,
            method @ ..,
            Token::Group(arguments),
            Token::Punct(sign),
        ] if sign.as_char() == '?' => (receiver, method, arguments, "?"),
        _ => return Err(Doubt),
    };
    let [Token::Punct(dot), Token::Ident(_)] = method else {
        return Err(Doubt);
    };
    let is_list = arguments.delimiter() == Delimiter::Parenthesis && dot.as_char() == '.';
    // A short name keeps its method beside it.
    let is_long =
        matches!(receiver, Token::Ident(name) if name.to_string().chars().count() > INDENT);
    if !is_list || !is_long {
        return Err(Doubt);
    }
    line(std::slice::from_ref(receiver), Place::Code, out)?;
    out.push('\n');
    let start = indented(indent + INDENT, out);
    line(&tokens[1..], Place::Code, out)?;
    out.push_str(end);
    if finish(start, out).is_ok() {
        return Ok(());
    }
    out.truncate(start + indent + INDENT);
    line(method, Place::Code, out)?;
    out.push_str("(\n");
    elements(
        arguments.tokens(),
        indent + 2 * INDENT,
        out,
        |part, _, out| line(part, Place::Code, out),
    )?;
    indented(indent + INDENT, out);
    out.push(')');
    out.push_str(question);
    out.push_str(end);
    out.push('\n');
    Ok(())
}

/// An arm of a `match` whose body becomes a block.
pub(super) fn arm(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let is_arrow = |pair: &[Token]| matches!(pair, [Token::Punct(first), Token::Punct(second)] if first.as_char() == '=' && second.as_char() == '>');
    let at = tokens.windows(2).position(is_arrow).ok_or(Doubt)?;
    let (pattern, body) = (&tokens[..at], &tokens[at + 2..]);
    let is_or = |token: &Token| matches!(token, Token::Punct(sign) if sign.as_char() == '|');
    let start = indented(indent, out);
    line(pattern, Place::Code, out)?;
    out.push_str(" => ");
    // The brace may stand beyond the end.
    if out.len() - start > WIDTH {
        out.truncate(start);
        return alternatives(pattern.split(is_or), body, indent, out);
    }
    out.push_str("{\n");
    let start = indented(indent + INDENT, out);
    line(body, Place::Code, out)?;
    if out.len() - start > WIDTH && !is_unbreakable(body) {
        return Err(Doubt);
    }
    out.push('\n');
    indented(indent, out);
    out.push_str("}\n");
    Ok(())
}

/// An arm with its patterns one below the other.
fn alternatives<'a>(
    patterns: impl Iterator<Item = &'a [Token]>,
    body: &[Token],
    indent: usize,
    out: &mut String,
) -> Result<(), Doubt> {
    let mut start = indented(indent, out);
    for (index, pattern) in patterns.enumerate() {
        if index > 0 {
            finish(start, out)?;
            start = indented(indent, out);
            out.push_str("| ");
        }
        line(pattern, Place::Code, out)?;
    }
    out.push_str(" => ");
    line(body, Place::Code, out)?;
    if out.len() - start > WIDTH {
        return Err(Doubt);
    }
    out.push_str(",\n");
    Ok(())
}

/// An element of an array: on one line, or a call whose arguments are.
fn element(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    let begin = out.len();
    line(tokens, Place::Code, out)?;
    let length = out.len() - begin + indent;
    if length < WIDTH {
        return Ok(());
    }
    // How arguments of types end decides whether the comma may stand beyond the end.
    if length == WIDTH {
        return Err(Doubt);
    }
    out.truncate(begin);
    let Some((Token::Group(list), path)) = tokens.split_last() else {
        return Err(Doubt);
    };
    let list = list.tokens();
    // One argument alone is broken in other ways, too.
    if to_comma(list) + 1 >= list.len() {
        return Err(Doubt);
    }
    line(path, Place::Code, out)?;
    out.push_str("(\n");
    elements(list, indent + INDENT, out, |part, _, out| {
        line(part, Place::Code, out)
    })?;
    indented(indent, out);
    out.push(')');
    Ok(())
}

/// A field or a variant, with its comma, after the indent that is written already.
pub(super) fn field(tokens: &[Token], indent: usize, out: &mut String) -> Result<(), Doubt> {
    match tokens {
        [Token::Ident(name), Token::Group(of)] if of.delimiter() == Delimiter::Parenthesis => {
            let of = of.tokens();
            if to_comma(of) < of.len() {
                return Err(Doubt);
            }
            out.push_str(&name.to_string());
            out.push_str("(\n");
            indented(indent + INDENT, out);
            ty(of, indent + INDENT, 0, out)?;
            out.push_str(",\n");
            indented(indent, out);
            out.push(')');
        }
        _ => ty(tokens, indent, 1, out)?,
    }
    out.push_str(",\n");
    Ok(())
}

/// A type, with what stands before it and a comma of this many characters after it: on one line, or its argument on
/// one of its own. A comma that is there as the list is broken is not measured.
fn ty(tokens: &[Token], indent: usize, comma: usize, out: &mut String) -> Result<(), Doubt> {
    let begin = out.len();
    line(tokens, Place::Head, out)?;
    if is_unbreakable(tokens) || out.len() + comma - begin + indent <= WIDTH {
        return Ok(());
    }
    out.truncate(begin);
    let is_sign =
        |token: &Token, sign| matches!(token, Token::Punct(punct) if punct.as_char() == sign);
    let open = tokens.iter().position(|token| is_sign(token, '<'));
    let (path, arguments) = tokens.split_at(open.ok_or(Doubt)?);
    let [_, arguments @ .., last] = arguments else {
        return Err(Doubt);
    };
    if !is_sign(last, '>') || to_comma(arguments) < arguments.len() {
        return Err(Doubt);
    }
    line(path, Place::Head, out)?;
    out.push_str("<\n");
    indented(indent + INDENT, out);
    ty(arguments, indent + INDENT, 0, out)?;
    out.push_str(",\n");
    indented(indent, out);
    out.push('>');
    Ok(())
}

/// Whether there is no place to break it.
fn is_unbreakable(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| match token {
        Token::Group(_) => false,
        Token::Punct(sign) => !['<', '.'].contains(&sign.as_char()),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{in_full, plain, token};

    /// Each form with names of every length about the width of a line, as `prettyplease` prints it.
    #[test]
    fn what_is_too_long_is_broken_as_the_other_printer_does() {
        let forms = [
            "impl X { const C: &'static [A] = &[rt::Case::new(|value| a(value, Self::N), b::<Vec<A>>), rt::Case::new(|value| a(value, Self::A), b::<Vec<N>>)]; }",
            "impl X { const C: &'static [A] = &[rt::Case::new(|value| a(value, Self::A), b::<Vec<Vec<N>>>), rt::Case::new(N, b::<A>)]; }",
            "impl X { fn p(&self) -> &rt::Parts { match self { Self::N(response) | Self::Aaaaaaaaaa(response) | Self::Default(response) => response.parts(), } } }",
            "impl X { fn p(&self) -> &rt::Parts { match self { Self::A(response) | Self::N(response) => response.parts(), Self::B(response) => response.parts() } } }",
            "impl X { fn e(&self, request: &mut R) -> A { request.query(\"N\", &self.a)?; request.query(\"b\", &self.N)?; Ok(()) } }",
            "impl X { fn e(&self, request: &mut R) -> A { request.form_with(&[(\"N\", rt::F::Styled(rt::Style::D, true))], &self.body) } }",
            "impl X { fn e(&self, request: &mut R) -> A { request.json(N)?; request.path(\"a\", &self.N, A::B { c: true })?; request.done() } }",
            "impl X { fn x(&self) -> &str { match self { Self::N => \"a\", Self::A => \"N\", Self::C(value) => value.as_str(), } } }",
            "impl X { fn x(value: &str) -> Self { match value { \"a\" => Self::N, \"N\" => Self::A, _ => Self::C(A::new(value)), } } }",
            "impl X { fn d(response: A) -> B { match response.status() { 200 => response.json(), _ => response.error(N::Default), } } }",
            "impl X { fn d(response: A) -> B { match response.status() { 400..=499 => response.error_with(N::Status4xx), _ => response.undeclared(), } } }",
            "impl X { pub fn n(mut self, value: N) -> Self { self.n = Some(value); self } }",
            "impl X { pub fn n(mut self, value: impl Into<N>) -> Self { self.n = Some(value.into()); self } }",
            "impl X { pub fn new(a: N, b: i64, c: Vec<N>) -> Self { Self { a, b, c } } }",
            "struct S { #[serde(rename = \"N\", default, skip_serializing_if = \"Option::is_none\")] pub a: Option<i64> }",
            "enum S { #[serde(rename = \"N\")] A, #[deprecated] B }",
            "impl X { pub fn a(&self, body: N) -> Call<N> { self.call(N { body }) } }",
            "impl X { pub fn N(&self) -> Call<A> { self.call(A {}) } }",
            "impl X { fn b(response: N) -> Result<Response<Self::Output>, Error<N>> { response.a() } }",
            "impl X { fn c() -> Result<N, N> { a() } }",
            "impl rt::StringEnum for N { fn x(&self) -> &str { self.0 } }",
            "impl rt::Repeatable for N {}",
            "impl From<N> for A { fn x(&self) -> &str { self.0 } }",
            "impl N { fn x(&self) -> &str { self.0 } }",
            "pub struct N { pub a: i64 }",
            "pub struct N {}",
            "struct S { #[serde(default)] pub a: Option<N>, pub b: N, pub c: Option<Vec<N>>, pub d: Map<String, N> }",
            "enum E { A(Vec<N>), B(N), C(i64, N), D }",
            "rt::string_enum!(N);",
            "rt::union!(N, N);",
            "impl X { const PATH: &'static str = \"N\"; }",
            "impl X { const ALL: &'static [&'static [&'static str]] = &[&[\"N\"], &[\"b\"]]; }",
            "impl X { const ONE: &'static [&'static str] = &[\"N\"]; }",
            "impl X { const C: &'static [A] = &[rt::Case::new(|value| a(value, Self::N), b::<N>), c(N)]; }",
        ];
        let mut plainly = 0;
        for form in forms {
            for length in 1..110 {
                let code = form.replace('N', &"N".repeat(length));
                let tokens: proc_macro2::TokenStream = code.parse().unwrap();
                if let Ok(text) = plain::items(&token::tokens(tokens.clone())) {
                    plainly += 1;
                    assert_eq!(text, in_full(&tokens));
                }
            }
        }
        assert!(plainly > 3600, "{plainly}");
    }
}

//! Tokens that are looked at more than once, as the printers do.
//!
//! A `TokenStream` that is shared is copied each time that somebody looks into it: a group that is still there shares
//! its own. So each is taken apart once.

use proc_macro2::{Delimiter, Ident, Literal, Punct, TokenStream, TokenTree};

/// A token, as those of `proc_macro2`.
pub(super) enum Token {
    Group(Group),
    Ident(Ident),
    Punct(Punct),
    Literal(Literal),
}

/// Tokens in brackets.
pub(super) struct Group {
    delimiter: Delimiter,
    tokens: Vec<Token>,
}

impl Group {
    pub(super) fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

/// Takes a stream apart.
pub(super) fn tokens(stream: TokenStream) -> Vec<Token> {
    let each = stream.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let (delimiter, stream) = (group.delimiter(), group.stream());
            // Now the stream is nobody else's.
            drop(group);
            Token::Group(Group {
                delimiter,
                tokens: tokens(stream),
            })
        }
        TokenTree::Ident(ident) => Token::Ident(ident),
        TokenTree::Punct(punct) => Token::Punct(punct),
        TokenTree::Literal(literal) => Token::Literal(literal),
    });
    each.collect()
}

/// Puts it together again.
pub(super) fn stream(tokens: &[Token]) -> TokenStream {
    let each = tokens.iter().map(|token| match token {
        Token::Group(group) => TokenTree::Group(proc_macro2::Group::new(
            group.delimiter,
            stream(&group.tokens),
        )),
        Token::Ident(ident) => TokenTree::Ident(ident.clone()),
        Token::Punct(punct) => TokenTree::Punct(punct.clone()),
        Token::Literal(literal) => TokenTree::Literal(literal.clone()),
    });
    each.collect()
}

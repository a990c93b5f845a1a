//! How requests authenticate (3.1 §4.8.27 and §4.8.30).

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement};

use super::components::{Components, follow};
use crate::api::{LostNode, NamedScheme, SecurityScheme};
use crate::diagnostic::Problems;
use crate::load::child;

/// What the whole document uses.
pub(super) struct Security {
    pub(super) schemes: Vec<NamedScheme>,
}

impl Security {
    /// Whether an operation sends credentials: it has a requirement that names a scheme of ours.
    pub(super) fn authenticates(
        &self,
        requirements: Option<&Vec<SecurityRequirement>>,
        document: Option<&Vec<SecurityRequirement>>,
    ) -> bool {
        let requirements = requirements.or(document).map_or(&[][..], Vec::as_slice);
        let names = requirements
            .iter()
            .flat_map(|requirement| requirement.keys());
        names
            .into_iter()
            .any(|name| self.schemes.iter().any(|known| known.name == *name))
    }
}

/// The schemes that requirements name, of the document and then of its operations. A client has one of them:
/// requirements of several at once, and schemes of other kinds, are losses.
pub(super) fn resolve(
    openapi: &OpenAPI,
    components: &Components<'_>,
    losses: &mut Vec<LostNode>,
    problems: &mut Problems,
) -> Security {
    let mut used: Vec<&String> = Vec::new();
    let of_operations = openapi
        .operations()
        .filter_map(|(_, _, operation)| operation.security.as_ref());
    for requirement in openapi.security.iter().chain(of_operations).flatten() {
        if requirement.len() > 1 {
            let names: Vec<String> = requirement.keys().map(|name| format!("`{name}`")).collect();
            let what = format!(
                "{} at once: a client sends one of them",
                names.join(" and ")
            );
            losses.push(LostNode::new("/security", what));
        }
        for name in requirement.keys() {
            if !used.contains(&name) {
                used.push(name);
            }
        }
    }
    let mut schemes: Vec<NamedScheme> = Vec::new();
    for name in used {
        let at = child("/components/securitySchemes", name);
        let table = &components.parts.security_schemes;
        let Some(scheme) = table.get(name) else {
            losses.push(LostNode::new(
                "/security",
                format!("the security scheme `{name}` is not defined"),
            ));
            continue;
        };
        let Some((scheme, at)) = follow("securitySchemes", table, scheme, &at, problems) else {
            continue;
        };
        match scheme_of(scheme) {
            Some(scheme) => schemes.push(NamedScheme {
                name: name.clone(),
                scheme,
            }),
            None => losses.push(LostNode::new(
                at,
                format!("the security scheme `{name}` is of a kind that no code is made for"),
            )),
        }
    }
    Security { schemes }
}

fn scheme_of(scheme: &openapiv3::SecurityScheme) -> Option<SecurityScheme> {
    match scheme {
        openapiv3::SecurityScheme::APIKey { location, name, .. } => Some(match location {
            APIKeyLocation::Header => SecurityScheme::Header(name.clone()),
            APIKeyLocation::Query => SecurityScheme::Query(name.clone()),
            APIKeyLocation::Cookie => SecurityScheme::Cookie(name.clone()),
        }),
        openapiv3::SecurityScheme::HTTP { scheme, .. } => {
            match scheme.to_ascii_lowercase().as_str() {
                "bearer" => Some(SecurityScheme::Bearer),
                "basic" => Some(SecurityScheme::Basic),
                _ => None,
            }
        }
        // However the token was had, it is sent as a bearer token (RFC 6750).
        openapiv3::SecurityScheme::OAuth2 { .. }
        | openapiv3::SecurityScheme::OpenIDConnect { .. } => Some(SecurityScheme::Bearer),
    }
}

//! How requests authenticate (3.1 §4.8.27 and §4.8.30).

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement};

use super::components::{Components, follow};
use crate::api::{LostNode, SecurityScheme};
use crate::diagnostic::Problems;
use crate::load::child;

/// What the whole document uses, and by which name.
pub(super) struct Security {
    pub(super) scheme: Option<SecurityScheme>,
    name: Option<String>,
}

impl Security {
    /// Whether an operation sends credentials: it has a requirement that names the scheme.
    pub(super) fn authenticates(
        &self,
        requirements: Option<&Vec<SecurityRequirement>>,
        document: Option<&Vec<SecurityRequirement>>,
    ) -> bool {
        let requirements = requirements.or(document).map_or(&[][..], Vec::as_slice);
        self.name
            .as_ref()
            .is_some_and(|name| requirements.iter().any(|one| one.contains_key(name)))
    }
}

/// Picks the scheme that clients use: the first that a requirement names, of the document and then of
/// its operations. Others are losses.
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
        for name in requirement.keys() {
            if !used.contains(&name) {
                used.push(name);
            }
        }
    }
    let mut security = Security {
        scheme: None,
        name: None,
    };
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
        match (scheme_of(scheme), &security.scheme) {
            (Some(scheme), None) => {
                security = Security {
                    scheme: Some(scheme),
                    name: Some(name.clone()),
                };
            }
            (Some(_), Some(_)) => {
                let what = format!(
                    "the security scheme `{name}` is not used: a client has one kind of credentials"
                );
                losses.push(LostNode::new(at, what));
            }
            (None, _) => {
                losses.push(LostNode::new(
                    at,
                    format!("the security scheme `{name}` is of a kind that no code is made for"),
                ));
            }
        }
    }
    security
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

//! How requests authenticate (3.1 §4.8.27 and §4.8.30).

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement};
use serde_json::{Map, Value};

use super::components::{Components, follow};
use super::operation::{TYPED_METHODS, place_of};
use crate::api::{LostNode, NamedScheme, SecurityScheme};
use crate::diagnostic::Problems;
use crate::load::child;
use crate::split::{MORE_METHODS, WRITTEN_PATH};

/// What the whole document uses.
pub(super) struct Security {
    pub(super) schemes: Vec<NamedScheme>,
}

impl Security {
    /// The alternatives of which an operation takes one, each the schemes that it needs at once. Those with a
    /// scheme that no code is made for are left out; that which needs none comes last.
    pub(super) fn alternatives(
        &self,
        requirements: Option<&Vec<SecurityRequirement>>,
        document: Option<&Vec<SecurityRequirement>>,
    ) -> Vec<Vec<String>> {
        let requirements = requirements.or(document).map_or(&[][..], Vec::as_slice);
        let is_known = |name: &String| self.schemes.iter().any(|known| known.name == *name);
        let known = requirements.iter().filter(|one| one.keys().all(is_known));
        let mut alternatives: Vec<Vec<String>> = Vec::new();
        for requirement in known {
            let names: Vec<String> = requirement.keys().cloned().collect();
            if !alternatives.contains(&names) {
                alternatives.push(names);
            }
        }
        alternatives.sort_by_key(Vec::is_empty);
        alternatives
    }
}

/// The schemes that requirements name, of the document and then of its operations.
pub(super) fn resolve(
    requirements: &[(String, SecurityRequirement)],
    components: &Components<'_>,
    losses: &mut Vec<LostNode>,
    problems: &mut Problems,
) -> Security {
    let mut used: Vec<(&String, &String)> = Vec::new();
    for (place, requirement) in requirements {
        for name in requirement.keys() {
            if !used.iter().any(|(known, _)| *known == name) {
                used.push((name, place));
            }
        }
    }
    let mut schemes: Vec<NamedScheme> = Vec::new();
    for (name, place) in used {
        let at = child("/components/securitySchemes", name);
        let table = &components.parts.security_schemes;
        let Some(scheme) = table.get(name) else {
            losses.push(LostNode::new(
                place,
                format!("the security scheme `{name}` is not defined"),
            ));
            continue;
        };
        let Some((scheme, at)) = follow("securitySchemes", table, scheme, &at, problems) else {
            continue;
        };
        let mut scopes: Vec<String> = Vec::new();
        for scope in requirements
            .iter()
            .filter_map(|(_, one)| one.get(name))
            .flatten()
        {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
        match scheme_of(scheme, scopes) {
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

/// What is asked for, each with its place: by the document, and then by its operations.
pub(super) fn requirements(
    openapi: &OpenAPI,
    paths: &Map<String, Value>,
) -> Vec<(String, SecurityRequirement)> {
    let mut found = Vec::new();
    let of_document = openapi.security.clone().unwrap_or_default();
    found.extend(numbered("/security", of_document));
    // What does not read is told with the operation.
    let read = |list: &Value| serde_json::from_value(list.clone()).unwrap_or_default();
    for (path, item) in paths {
        let at = place_of(path, item.get(WRITTEN_PATH));
        for method in TYPED_METHODS {
            let list = item.get(method).and_then(|one| one.get("security"));
            let list = list.map(read).unwrap_or_default();
            found.extend(numbered(&child(&child(&at, method), "security"), list));
        }
        let more = item.get(MORE_METHODS).and_then(Value::as_object);
        for entry in more.into_iter().flatten().map(|(_, entry)| entry) {
            let at = entry.get("pointer").and_then(Value::as_str);
            let list = entry.pointer("/operation/security");
            let list = list.map(read).unwrap_or_default();
            let at = child(at.unwrap_or_default(), "security");
            found.extend(numbered(&at, list));
        }
    }
    found
}

fn numbered(
    at: &str,
    list: Vec<SecurityRequirement>,
) -> impl Iterator<Item = (String, SecurityRequirement)> {
    let list = list.into_iter().enumerate();
    list.map(move |(index, one)| (child(at, &index.to_string()), one))
}

fn scheme_of(scheme: &openapiv3::SecurityScheme, scopes: Vec<String>) -> Option<SecurityScheme> {
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
        openapiv3::SecurityScheme::OAuth2 { flows, .. } => {
            let flow = flows.client_credentials.as_ref();
            let url = flow.map(|flow| flow.token_url.clone());
            Some(SecurityScheme::Token {
                // What a relative one is relative to, a client cannot know.
                token_url: url.filter(|url| url.starts_with("https://")),
                scopes,
            })
        }
        openapiv3::SecurityScheme::OpenIDConnect { .. } => Some(SecurityScheme::Token {
            token_url: None,
            scopes,
        }),
    }
}

//! The catalogue: every kind of difference, with what it does to HTTP where it is in what callers send and where it is
//! in what they receive. They send requests, and responses to webhooks and callbacks; they receive the others.
//!
//! The rule behind the levels of schemas: what is sent breaks callers when it narrows, and what is received when it
//! widens. What
//! departs from that says why in its text.

use crate::diff::HttpLevel;

/// A kind of difference.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// Its name, which never changes.
    pub id: &'static str,
    /// What it does in what callers send, or anywhere where there is no such thing as a side.
    pub sent: HttpLevel,
    /// What it does in what they receive.
    pub received: HttpLevel,
    /// What it is.
    pub about: &'static str,
}

macro_rules! checks {
    ($($name:ident $id:literal $sent:ident $received:ident $about:literal;)*) => {
        $(
            #[doc = $about]
            pub(crate) static $name: Check = Check {
                id: $id,
                sent: HttpLevel::$sent,
                received: HttpLevel::$received,
                about: $about,
            };
        )*
        /// All kinds of difference in HTTP, in the order of a document.
        pub static CHECKS: &[&Check] = &[$(&$name),*];
    };
}

checks! {
    OPERATION_ADDED "operation-added" Additive Additive "There is a new operation.";
    OPERATION_REMOVED "operation-removed" Breaking Breaking "An operation is gone.";
    OPERATION_MOVED "operation-moved" Breaking Breaking "An operation, known by its id, has another method or path.";
    OPERATION_ID_CHANGED "operation-id-changed" None None "An operation has another id.";
    OPERATION_DEPRECATED "operation-deprecated" Docs Docs "An operation is deprecated.";
    OPERATION_NOT_DEPRECATED "operation-not-deprecated" Docs Docs "An operation is no longer deprecated.";
    OPERATION_WORDS "operation-words" Docs Docs "Summary, description, tags, or a key for other tools of an operation or its path.";
    LINKS_CHANGED "links-changed" Docs Docs "A response has other links.";
    WEBHOOK_ADDED "webhook-added" Additive Additive "There is a new webhook.";
    WEBHOOK_REMOVED "webhook-removed" Review Review "A webhook is gone: nothing comes in any more.";
    WEBHOOK_METHOD "webhook-method-changed" Breaking Breaking "A webhook or callback comes with another method.";
    WEBHOOK_SECURITY "webhook-security-changed" Review Review "A webhook or callback shows in another way who sends it.";
    WEBHOOK_FORM_ADDED "webhook-media-type-added" Breaking Breaking "What a webhook or callback sends has one more form, and nobody asked for it.";
    WEBHOOK_FORM_REMOVED "webhook-media-type-removed" Additive Additive "What a webhook or callback sends no longer has a form.";
    WEBHOOK_CHANGED "webhook-changed" Review Review "A webhook says something else, and cannot be read part by part.";
    CALLBACK_ADDED "callback-added" Additive Additive "An operation announces one more call back.";
    CALLBACK_REMOVED "callback-removed" Review Review "An operation no longer announces a call back: nothing comes in any more.";
    CALLBACK_URL "callback-url-changed" Review Review "A call back goes to a URL that is given in another way.";
    CALLBACKS_CHANGED "callbacks-changed" Review Review "A callback says something else, and cannot be read part by part.";

    SERVER_ADDED "server-added" Additive Additive "The API is served at one more place.";
    SERVER_REMOVED "server-removed" Breaking Breaking "The API is no longer served at a place.";
    SERVER_CHANGED "server-url-changed" Breaking Breaking "The default server has another URL.";
    SERVER_DEFAULT "server-default-changed" Review Review "Another one of the servers is the default.";
    SERVER_VARIABLE_DEFAULT "server-variable-default-changed" Review Review "A variable of a server's URL has another default.";
    SERVER_VARIABLE_VALUE_ADDED "server-variable-value-added" Additive Additive "A variable of a server's URL may have more values.";
    SERVER_VARIABLE_VALUE_REMOVED "server-variable-value-removed" Breaking Breaking "A variable of a server's URL may no longer have a value.";
    SERVER_WORDS "server-words" Docs Docs "The description of a server.";
    API_WORDS "api-words" Docs Docs "Title, description, version or tags of the document.";

    SECURITY_ADDED "security-added" Breaking Breaking "Credentials are asked for where none were.";
    SECURITY_REMOVED "security-removed" Additive Additive "Credentials are no longer asked for.";
    SECURITY_ALTERNATIVE_ADDED "security-alternative-added" Additive Additive "There is one more way to show who asks.";
    SECURITY_ALTERNATIVE_REMOVED "security-alternative-removed" Breaking Breaking "A way to show who asks is no longer taken.";
    SECURITY_SCOPE_ADDED "security-scope-added" Breaking Breaking "A token needs one more scope.";
    SECURITY_SCOPE_REMOVED "security-scope-removed" Additive Additive "A token needs one scope less.";
    SECURITY_SCHEME_CHANGED "security-scheme-changed" Breaking Breaking "Credentials are sent in another way: of another kind, in another place, under another name.";
    SECURITY_FLOW_CHANGED "security-flow-changed" Review Review "Tokens are had in another way, or at another URL.";
    SECURITY_SCHEME_UNUSED "security-scheme-unused" None None "A scheme that no operation asks for was added, changed or removed.";

    PARAMETER_ADDED "parameter-added" Additive Additive "There is a new parameter, and requests may leave it out.";
    PARAMETER_ADDED_REQUIRED "required-parameter-added" Breaking Additive "There is a new parameter that requests must have.";
    PARAMETER_REMOVED "parameter-removed" Review Review "A parameter is gone: servers mostly pass over it, and then it does nothing.";
    PARAMETER_REMOVED_REQUIRED "required-parameter-removed" Review Breaking "A parameter is gone that every call of a webhook or callback had.";
    PARAMETER_MOVED "parameter-moved" Breaking Breaking "A parameter is sent in another place.";
    PARAMETER_REQUIRED "parameter-became-required" Breaking Additive "Requests must have a parameter that they could leave out.";
    PARAMETER_OPTIONAL "parameter-became-optional" Additive Breaking "Requests may leave out a parameter.";
    PARAMETER_STYLE "parameter-style-changed" Breaking Breaking "A parameter is written in another way (`style`, `explode`, `content`).";
    PARAMETER_RESERVED "parameter-reserved-changed" Review Review "Reserved characters of a parameter are written in another way.";
    PARAMETER_WORDS "parameter-words" Docs Docs "Description, deprecation, or a key for other tools of a parameter.";

    BODY_ADDED "body-added" Additive Additive "A request may have a body.";
    BODY_ADDED_REQUIRED "required-body-added" Breaking Additive "A request must have a body.";
    BODY_REMOVED "body-removed" Breaking Breaking "A request has no body any more.";
    BODY_REQUIRED "body-became-required" Breaking Additive "A request must have the body that it could leave out.";
    BODY_OPTIONAL "body-became-optional" Additive Breaking "A request may leave out its body.";
    BODY_WORDS "body-words" Docs Docs "The description, an example, or a key for other tools of a body.";

    MEDIA_TYPE_ADDED "media-type-added" Additive Additive "A body has one more form; a server sends it to those who ask for it.";
    MEDIA_TYPE_REMOVED "media-type-removed" Breaking Breaking "A form of a body is gone.";
    MEDIA_TYPE_WIDENED "media-type-widened" Additive Breaking "A media type stands for more than it did.";
    MEDIA_TYPE_NARROWED "media-type-narrowed" Breaking Additive "A media type stands for less than it did.";
    MEDIA_TYPE_PARAMETERS "media-type-parameters-changed" Review Review "A media type has other parameters.";
    MEDIA_TYPE_SCHEMA_ADDED "media-type-schema-added" Breaking Additive "A body that could be anything has a schema.";
    MEDIA_TYPE_SCHEMA_REMOVED "media-type-schema-removed" Additive Breaking "A body that had a schema can be anything.";
    ENCODING_CHANGED "encoding-changed" Breaking Breaking "A part or a field of a form is written in another way.";

    SUCCESS_ADDED "success-status-added" Additive Additive "There is one more status of success.";
    SUCCESS_REMOVED "success-status-removed" Breaking Breaking "A status of success is gone.";
    FAILURE_ADDED "failure-status-added" Additive Additive "There is one more status of failure.";
    FAILURE_REMOVED "failure-status-removed" Review Additive "A status of failure is gone. Where callers send it, nobody says what becomes of it now.";
    RESPONSE_WORDS "response-words" Docs Docs "The description, an example, or a key for other tools of a response.";
    HEADER_ADDED "header-added" Additive Additive "A response, or a part of a body, has one more header.";
    HEADER_ADDED_REQUIRED "required-header-added" Breaking Additive "What answers a webhook or callback, or a part of a body, must have one more header.";
    HEADER_REMOVED "header-removed" Review Review "A header that a response or a part of a body could have is gone.";
    HEADER_REMOVED_REQUIRED "required-header-removed" Review Breaking "A header that a response or a part of a body always had is gone.";
    HEADER_REQUIRED "header-became-required" Breaking Additive "A response, or a part of a body, always has a header.";
    HEADER_OPTIONAL "header-became-optional" Additive Breaking "A response, or a part of a body, may leave out a header.";
    HEADER_WORDS "header-words" Docs Docs "Description, deprecation, or a key for other tools of a header.";

    TYPE_WIDENED "type-widened" Additive Breaking "There are more types that a value may have.";
    TYPE_NARROWED "type-narrowed" Breaking Additive "There are fewer types that a value may have.";
    TYPE_CHANGED "type-changed" Breaking Breaking "A value has another type.";
    BECAME_NULLABLE "became-nullable" Additive Breaking "A value may be null.";
    BECAME_NOT_NULLABLE "became-not-nullable" Breaking Additive "A value may no longer be null.";
    FORMAT_ADDED "format-added" Breaking Additive "A value must have a format.";
    FORMAT_REMOVED "format-removed" Additive Breaking "A value need not have a format.";
    FORMAT_CHANGED "format-changed" Breaking Breaking "A value has another format.";
    FORMAT_UNKNOWN "format-words" Review Review "A value has another format, which is none that the specification knows.";
    SCHEMA_ANYTHING "became-anything" Additive Breaking "A value may be anything.";
    SCHEMA_NOTHING "became-nothing" Breaking Additive "No value is right.";

    ENUM_VALUE_ADDED "enum-value-added" Additive Review "There are more values. Callers should take those that they do not know, and not all do.";
    ENUM_VALUE_REMOVED "enum-value-removed" Breaking Additive "Some values are gone.";
    ENUM_REPLACED "enum-replaced" Breaking Breaking "No value is what it was.";
    BECAME_ENUM "became-enum" Breaking Additive "Only some values are right.";
    ENUM_OPENED "became-not-enum" Additive Review "Any value is right. Callers should take those that they do not know, and not all do.";
    OPEN_ENUM_VALUE_ADDED "extensible-enum-value-added" Additive Additive "There are more values in `x-extensible-enum`.";
    OPEN_ENUM_VALUE_REMOVED "extensible-enum-value-removed" Breaking Additive "Some values in `x-extensible-enum` are gone.";

    LIMIT_ADDED "limit-added" Review Additive "There is a limit where none was said. Often a server had it before.";
    LIMIT_TIGHTENED "limit-tightened" Breaking Additive "A limit is tighter.";
    LIMIT_LOOSENED "limit-loosened" Additive Review "A limit is wider. Few callers count on one.";
    LIMIT_REMOVED "limit-removed" Additive Review "A limit is gone. Few callers count on one.";
    PATTERN_ADDED "pattern-added" Breaking Additive "A text must match a pattern.";
    PATTERN_REMOVED "pattern-removed" Additive Review "A text need not match a pattern. Few callers count on one.";
    PATTERN_CHANGED "pattern-changed" Review Review "A text must match another pattern; which texts that are is not computed.";
    MULTIPLE_CHANGED "multiple-of-changed" Breaking Review "A number must be a multiple of another one.";
    UNIQUE_ADDED "unique-items-added" Breaking Additive "No item of a list may come twice.";
    UNIQUE_REMOVED "unique-items-removed" Additive Review "An item of a list may come twice.";

    PROPERTY_ADDED "property-added" Additive Additive "An object may have one more property.";
    PROPERTY_ADDED_REQUIRED "required-property-added" Breaking Additive "An object must have one more property.";
    PROPERTY_REMOVED "property-removed" Review Review "A property is gone that an object could leave out.";
    PROPERTY_REMOVED_REQUIRED "required-property-removed" Review Breaking "A property is gone that every object had.";
    PROPERTY_FORBIDDEN "property-forbidden" Breaking Review "A property is gone, and there may be none that are not listed.";
    PROPERTY_REQUIRED "property-became-required" Breaking Additive "An object must have a property that it could leave out.";
    PROPERTY_OPTIONAL "property-became-optional" Additive Breaking "An object may leave out a property.";
    READ_ONLY "became-read-only" Review None "A property is no longer for requests: servers mostly pass over it.";
    NOT_READ_ONLY "became-not-read-only" Additive None "Requests may have a property that was for responses.";
    NOT_READ_ONLY_REQUIRED "became-required-in-requests" Breaking None "Requests must have a property that was for responses.";
    WRITE_ONLY "became-write-only" None Breaking "A property is no longer in responses.";
    NOT_WRITE_ONLY "became-not-write-only" None Additive "Responses have a property that was for requests.";
    ADDITIONAL_FORBIDDEN "additional-properties-forbidden" Breaking Additive "An object may have no properties but those that are listed.";
    ADDITIONAL_ALLOWED "additional-properties-allowed" Additive Additive "An object may have properties beside those that are listed.";
    ADDITIONAL_TYPED "additional-properties-typed" Breaking Additive "Properties that are not listed must have a type.";
    ADDITIONAL_UNTYPED "additional-properties-untyped" Additive Breaking "Properties that are not listed may be anything.";
    PATTERN_PROPERTY_ADDED "pattern-property-added" Breaking Additive "Properties with certain names must have a type.";
    PATTERN_PROPERTY_REMOVED "pattern-property-removed" Additive Breaking "Properties with certain names need no longer have a type.";

    ITEMS_TYPED "items-typed" Breaking Additive "The items of a list must have a type.";
    ITEMS_UNTYPED "items-untyped" Additive Breaking "The items of a list may be anything.";
    PREFIX_ADDED "prefix-item-added" Breaking Additive "The item at a place of a list must have a type of its own.";
    PREFIX_REMOVED "prefix-item-removed" Additive Breaking "The item at a place of a list has no type of its own any more.";

    UNION_ADDED "alternatives-added" Breaking Additive "A value must be one of several things as well.";
    UNION_REMOVED "alternatives-removed" Additive Breaking "A value need no longer be one of several things.";
    MEMBER_ADDED "alternative-added" Additive Breaking "A value may be one more thing.";
    MEMBER_REMOVED "alternative-removed" Breaking Additive "A value may no longer be one of several things.";
    DISCRIMINATOR_ADDED "discriminator-added" Docs Docs "A property names which alternative a value is.";
    DISCRIMINATOR_REMOVED "discriminator-removed" Review Review "No property names which alternative a value is.";
    DISCRIMINATOR_CHANGED "discriminator-changed" Breaking Breaking "Another property names which alternative a value is.";
    TAG_ADDED "discriminator-value-added" Additive Review "The discriminator has more values. Callers should take those that they do not know, and not all do.";
    TAG_REMOVED "discriminator-value-removed" Review Additive "The discriminator has fewer values; the name of the schema may still be one.";
    TAG_CHANGED "discriminator-value-changed" Docs Docs "A value of the discriminator names another schema; what is different between the two is told by itself.";

    NARROWED "keyword-narrowed" Breaking Additive "A keyword asks for more: `contains`, `propertyNames`, `dependentRequired`, `dependentSchemas`, `not`, `unevaluatedProperties`, `unevaluatedItems`, `contentSchema`.";
    WIDENED "keyword-widened" Additive Breaking "One of these keywords asks for less.";
    CONTENT_CHANGED "content-changed" Breaking Breaking "A text holds something else, or in another encoding (`contentMediaType`, `contentEncoding`).";
    CONDITION_CHANGED "condition-changed" Review Review "`if` says something else: what follows from that is not computed.";
    KEYWORD_CHANGED "keyword-changed" Review Review "A keyword says something else that this comparison does not understand.";

    DEFAULT_CHANGED "default-changed" Review Docs "What is left out means something else.";
    SCHEMA_DEPRECATED "schema-deprecated" Docs Docs "A schema or property is deprecated, or no longer.";
    RUST_ONLY "rust-only" None None "The generated client is different, and HTTP is not: names, types, where things are.";
    SCHEMA_WORDS "schema-words" Docs Docs "Title, description, example, or a key for other tools of a schema.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CHECKS;

    #[test]
    fn each_check_has_a_name_of_its_own_in_kebab_case() {
        let ids: BTreeSet<&str> = CHECKS.iter().map(|check| check.id).collect();
        assert_eq!(ids.len(), CHECKS.len());
        let is_kebab = |id: &str| id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(ids.iter().all(|id| is_kebab(id)));
    }
}

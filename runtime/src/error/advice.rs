//! What to do about a status.

use http::StatusCode;

/// The status, and what to do where that is known.
pub(super) fn of_status(status: StatusCode) -> String {
    let advice = match status.as_u16() {
        300..=399 => {
            "the server wants the request elsewhere, and redirects are not followed: correct the base URL"
        }
        400 | 422 => "the server finds the request wrong: `message()` holds what it said",
        401 => "check that the credentials are right, not revoked, and meant for this server",
        403 => "the credentials are right but do not allow this: check their permissions",
        404 => "there is nothing of that name here: check the arguments and the server",
        408 | 504 => "the server or something before it took too long: try again later",
        409 | 412 => "the state on the server is not what the request expects: read it again first",
        413 => "the request is larger than the server takes",
        429 => "too many requests: wait until `rate_limit()` or `retry_after()` says",
        500..=599 => "the server failed: try again later",
        _ => "",
    };
    if advice.is_empty() {
        status.to_string()
    } else {
        format!("{status}: {advice}")
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::of_status;

    /// What RFC 9110 §15 means by a status is what its advice is about.
    #[test]
    fn a_status_has_the_advice_that_goes_with_it() {
        let cases = [
            (308, "redirects"),
            (400, "wrong"),
            (422, "wrong"),
            (401, "credentials are right, not revoked"),
            (403, "permissions"),
            (404, "nothing of that name"),
            (408, "too long"),
            (504, "too long"),
            (409, "state"),
            (412, "state"),
            (413, "larger"),
            (429, "wait"),
            (500, "failed"),
            (599, "failed"),
        ];
        for (status, word) in cases {
            let text = of_status(StatusCode::from_u16(status).unwrap());
            assert!(text.starts_with(&status.to_string()), "{text}");
            assert!(text.contains(word), "{text}");
        }
        assert_eq!(of_status(StatusCode::IM_A_TEAPOT), "418 I'm a teapot");
    }
}

//! Where requests go, and nowhere else.

use url::{Host, Position, Url};

use crate::ConfigError;

/// A checked base URL: https, or http on this machine; nothing but scheme, host, port and path.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, ConfigError> {
        let problem = |what: &str| ConfigError::new(format!("the base URL {what}"));
        let url = Url::parse(text).map_err(|error| match error {
            url::ParseError::RelativeUrlWithoutBase => problem(&format!(
                "is relative (`{text}`): set the whole one with `base_url`"
            )),
            error => problem(&format!("cannot be read: {error}")),
        })?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => {
                return Err(problem(
                    "must be https: over http the credentials could be read on the way (http is taken for loopback addresses)",
                ));
            }
            scheme => return Err(problem(&format!("must be https, not {scheme}"))),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(problem(
                "must not hold credentials: they belong into `builder`",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(problem("must not have a query or a fragment"));
        }
        if url.host().is_none() {
            return Err(problem("must have a host"));
        }
        Ok(Self(url))
    }

    /// The URL of a path and a query below this one.
    pub(crate) fn join(&self, path: &str, query: &str) -> Url {
        let mut url = self.0.clone();
        match self.0.path().trim_end_matches('/') {
            "" => url.set_path(path),
            prefix => url.set_path(&format!("{prefix}/{}", path.trim_start_matches('/'))),
        }
        if !query.is_empty() {
            url.set_query(Some(query));
        }
        url
    }

    /// A URL that the server gave, whole or relative (RFC 3986 §5), with this added to its query.
    pub(crate) fn follow(&self, next: &str, query: &str) -> Option<Url> {
        let mut url = self.0.join(next).ok()?;
        url.set_fragment(None);
        if !query.is_empty() {
            let own = url.query().unwrap_or_default();
            let joined = [own, query].join(if own.is_empty() { "" } else { "&" });
            url.set_query(Some(&joined));
        }
        Some(url)
    }

    /// Whether a URL has the same origin (RFC 6454 §4).
    pub(crate) fn has_origin_of(&self, url: &Url) -> bool {
        // What stands before the path is mostly the same. Else it is compared field by field: an `Origin` owns copies of
        // them.
        self.0[..Position::BeforePath] == url[..Position::BeforePath]
            || self.0.scheme() == url.scheme()
                && self.0.host() == url.host()
                && self.0.port_or_known_default() == url.port_or_known_default()
    }

    /// The host, for traces.
    #[cfg(feature = "tracing")]
    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, for traces.
    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> Option<u16> {
        self.0.port_or_known_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn only_https_and_loopback_are_taken() {
        for good in [
            "https://api.x.com",
            "https://x.com:8443/prefix/",
            "http://127.0.0.1:80",
            "http://[::1]:1",
            "http://localhost:3",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        let bad = [
            "http://api.x.com",
            "http://127.0.0.1.evil.com",
            "http://localhost.evil.com",
            "ftp://x.com",
            "x.com",
            "/v3",
            "https://user:pass@x.com",
            "https://user@x.com",
            "https://:pass@x.com",
            "https://x.com?a=b",
            "https://x.com#f",
            "file:///etc",
            "data:,x",
        ];
        for bad in bad {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_prefix_is_kept() -> Result<(), crate::ConfigError> {
        let join = |base: &str, path: &str| {
            BaseUrl::parse(base).map(|base| base.join(path, "").to_string())
        };
        assert_eq!(join("https://x.com/a/", "/v3/b")?, "https://x.com/a/v3/b");
        assert_eq!(join("https://x.com", "/v3/b")?, "https://x.com/v3/b");
        Ok(())
    }

    #[test]
    fn a_url_that_the_server_gave_is_resolved_and_keeps_its_query() -> Result<(), crate::ConfigError>
    {
        let base = BaseUrl::parse("https://x.com/v3/a")?;
        // RFC 3986 §5.4 for the targets.
        for (next, query, expected) in [
            ("https://x.com/b?c=1", "", "https://x.com/b?c=1"),
            ("/b?c=1", "d=2", "https://x.com/b?c=1&d=2"),
            ("b", "d=2", "https://x.com/v3/b?d=2"),
            ("?c=1#e", "", "https://x.com/v3/a?c=1"),
        ] {
            let url = base.follow(next, query).map(String::from);
            assert_eq!(url.as_deref(), Some(expected), "{next} {query}");
        }
        Ok(())
    }
}

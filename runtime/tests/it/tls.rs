//! Certificates that are not right are refused, and nothing is sent.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, IsCa, KeyPair,
};
use stencil_runtime::{CallOptions, Client};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::{PLAIN, builder};

/// A server with this certificate; it counts the requests that come through.
async fn serve(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> (String, Arc<AtomicUsize>) {
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(socket).await else {
                continue;
            };
            let mut request = [0; 4096];
            if stream
                .read(&mut request)
                .await
                .is_ok_and(|length| length > 0)
            {
                counted.fetch_add(1, Ordering::SeqCst);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
                let _ = stream.write_all(answer).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    (url, count)
}

fn named(name: &str) -> DistinguishedName {
    let mut full = DistinguishedName::new();
    full.push(rcgen::DnType::CommonName, name);
    full
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name = named("authority");
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A client that trusts the authority beside those of the system.
fn trusting(url: &str, authority: &CertifiedIssuer<'static, KeyPair>) -> Client {
    let root = reqwest::Certificate::from_der(authority.der()).unwrap();
    let own = reqwest::Client::builder()
        .no_proxy()
        .tls_backend_rustls()
        .tls_certs_merge([root])
        .build()
        .unwrap();
    builder().base_url(url).http_client(own).build().unwrap().0
}

#[tokio::test]
async fn only_a_certificate_that_is_right_is_taken() {
    let authority = authority();
    let year = |params: &mut CertificateParams, last| {
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(last, 1, 1);
    };
    // What a certificate says, and what the error does.
    for (host, last, expected) in [
        ("localhost", 2090, None),
        ("localhost", 2021, Some("expired")),
        ("example.com", 2090, Some("not valid for name")),
    ] {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        year(&mut params, last);
        let certificate = params.signed_by(&key, &authority).unwrap();
        let (url, count) = serve(vec![certificate.der().clone()], &key).await;
        let sent = trusting(&url, &authority)
            .send(&PLAIN, CallOptions::default())
            .await;
        let Some(expected) = expected else {
            sent.unwrap();
            continue;
        };
        let error = sent.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(error.attempts(), None, "asking again would not change it");
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text += &cause.to_string();
            source = cause.source();
        }
        assert!(text.contains(expected), "{text}");
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let authority = authority();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = params.clone().self_signed(&key).unwrap();
    let unknown = params.signed_by(&key, &authority).unwrap();
    for certificate in [own, unknown] {
        let (url, count) = serve(vec![certificate.der().clone()], &key).await;
        // As dependents build it.
        let client = builder().base_url(&url).build().unwrap().0;
        let error = client
            .send(&PLAIN, CallOptions::default())
            .await
            .unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        // OpenSSL's refusal looks like any other failure.
        let is_known = !cfg!(feature = "native-tls");
        assert!(!is_known || error.attempts().is_none(), "{error:?}");
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
}

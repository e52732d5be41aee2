use std::time::Duration;

use offerslook_core::{Settings, SetupError, transport::ProxyError};

#[test]
fn the_defaults_are_the_documented_ones() {
    let settings = Settings::default();
    assert_eq!(settings.timeout, Duration::from_secs(30));
    assert_eq!(settings.connect_timeout, Duration::from_secs(10));
    assert_eq!(settings.max_body_bytes, 33_554_432);
    assert!(settings.root_certificates.is_empty());
    assert!(settings.proxies.is_none());
}

#[test]
fn errors_say_what_to_do() {
    insta::assert_snapshot!(
        [
            SetupError::NoRootCertificates { cause: String::new() },
            SetupError::NoRootCertificates { cause: "permission denied".to_owned() },
            SetupError::RootCertificate { position: 2, cause: "no certificate in it".to_owned() },
            SetupError::Proxy { variable: "HTTPS_PROXY", fault: ProxyError::NotAnAddress },
            SetupError::Proxy { variable: "ALL_PROXY", fault: ProxyError::Scheme { scheme: "socks5".to_owned() } },
            SetupError::Tls { cause: "no protocol version".to_owned() },
        ]
        .map(|error| error.to_string())
        .join("\n"),
        @r"
    this system has no certificate authorities to trust: install its ca-certificates package, point SSL_CERT_FILE at a PEM file, or name a certificate authority in the settings
    this system has no certificate authorities to trust (permission denied): install its ca-certificates package, point SSL_CERT_FILE at a PEM file, or name a certificate authority in the settings
    the extra certificate authority 2 cannot be used (no certificate in it): give a PEM file with one or more CERTIFICATE blocks
    HTTPS_PROXY: this is not the address of a proxy: write it as http://proxy.example:3128; in a user name or password, percent-encode everything but letters and digits
    ALL_PROXY: socks5 proxies are not supported: use an http or https proxy, or unset the variable
    TLS cannot be set up (no protocol version): report it, this is a bug in the program
    "
    );
}

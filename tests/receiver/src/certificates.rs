//! Certificates of a run.

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair,
};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::Arc;

/// An authority that no system trusts, and a server's certificate of it.
pub struct Certificates {
    authority: String,
    certificate: Certificate,
    key: KeyPair,
}

impl Certificates {
    /// Makes an authority, and a certificate for the server of this name.
    ///
    /// # Panics
    ///
    /// If the name is no name of a host.
    #[must_use]
    pub fn of(host: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // OpenSSL takes a certificate for self-signed that has the same name.
        params.distinguished_name.push(DnType::CommonName, "the authority of a test");
        let key = || KeyPair::generate().expect("a key");
        let authority = CertifiedIssuer::self_signed(params, key()).expect("an authority");
        let server = CertificateParams::new(vec![host.to_owned()]).expect("a name of a host");
        let own = key();
        let certificate = server.signed_by(&own, &authority).expect("a certificate");
        Self { authority: authority.pem(), certificate, key: own }
    }

    /// The authority, as PEM.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The certificate, as PEM.
    #[must_use]
    pub fn certificate(&self) -> String {
        self.certificate.pem()
    }

    /// The private key of the certificate, as PEM.
    #[must_use]
    pub fn key(&self) -> String {
        self.key.serialize_pem()
    }

    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("TLS 1.2 and 1.3")
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone()], key)
            .expect("a certificate and its key");
        Arc::new(config)
    }
}

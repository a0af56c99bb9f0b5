//! TLS, with authorities that no system trusts.

use crate::broker::{publish, target};
use crate::messages::{Directory, delivered, unavailable};
use async_nats::ConnectOptions;
use async_nats::jetstream;
use event_relay::targets::nats::{ClientCertificate, NatsTargetOptions, Servers};
use receiver::Certificates;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use test_servers::Nats;

const FILES: &str = "cert_file: {dir}/server.pem, key_file: {dir}/server.key";

fn write(directory: &Directory, name: &str, text: &str) -> PathBuf {
    let path = directory.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn options(nats: &Nats, ca_file: Option<PathBuf>) -> NatsTargetOptions {
    let servers = Servers::parse(&format!("tls://localhost:{}", nats.port())).unwrap();
    NatsTargetOptions {
        ca_file,
        timeout: Duration::from_secs(1),
        ..NatsTargetOptions::new(servers)
    }
}

/// Makes a stream through the same doors.
fn add_stream(nats: &Nats, options: ConnectOptions) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = options.connect(format!("tls://localhost:{}", nats.port())).await.unwrap();
        let (name, subjects) = ("EVENTS".to_owned(), vec!["events.>".to_owned()]);
        let config = jetstream::stream::Config { name, subjects, ..Default::default() };
        jetstream::new(client).create_stream(config).await.unwrap();
    });
}

#[test]
fn a_certificate_of_the_file_is_trusted_and_no_other() {
    let (directory, certificates) = (Directory::new(), Certificates::of("localhost"));
    let setup = Nats::setup()
        .config(&format!("tls {{ {FILES} }}"))
        .file("server.pem", certificates.certificate())
        .file("server.key", certificates.key());
    let Some(nats) = setup.start() else { return };
    let ca_file = write(&directory, "ca.pem", certificates.authority());
    add_stream(&nats, ConnectOptions::new().add_root_certificates(ca_file.clone()));
    assert_eq!(publish(&mut target(options(&nats, Some(ca_file))), 1), delivered(0));

    let other = write(&directory, "other.pem", Certificates::of("localhost").authority());
    let (reason, _) = unavailable(publish(&mut target(options(&nats, Some(other))), 2));
    assert!(reason.contains("invalid peer certificate"), "{reason}");
    assert!(reason.contains("\nhelp: check `ca_file`"), "{reason}");
    let (reason, _) = unavailable(publish(&mut target(options(&nats, None)), 3));
    assert!(reason.contains("cannot connect to"), "{reason}");
}

#[test]
fn a_server_asks_for_a_certificate() {
    let directory = Directory::new();
    let [server, relay] = ["localhost", "relay"].map(Certificates::of);
    let setup = Nats::setup()
        .config(&format!("tls {{ {FILES}, ca_file: {{dir}}/relay.pem, verify: true }}"))
        .file("server.pem", server.certificate())
        .file("server.key", server.key())
        .file("relay.pem", relay.authority());
    let Some(nats) = setup.start() else { return };
    let ca_file = write(&directory, "ca.pem", server.authority());
    let own = ClientCertificate {
        certificate: write(&directory, "relay.pem", &relay.certificate()),
        key: write(&directory, "relay.key", &relay.key()),
    };
    let connect = ConnectOptions::new().add_root_certificates(ca_file.clone());
    let connect = connect.add_client_certificate(own.certificate.clone(), own.key.clone());
    add_stream(&nats, connect);
    let with =
        |certificate| NatsTargetOptions { certificate, ..options(&nats, Some(ca_file.clone())) };
    assert_eq!(publish(&mut target(with(Some(own))), 1), delivered(0));
    let (reason, _) = unavailable(publish(&mut target(with(None)), 2));
    assert!(reason.contains("certificate"), "{reason}");
}

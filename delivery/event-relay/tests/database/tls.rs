//! A connection to another machine is encrypted, and the server is who it says.

use crate::outbox::{Directory, outbox};
use receiver::Certificates;
use test_servers::Postgres;

#[test]
fn the_certificate_of_the_server_is_verified() {
    let certificates = Certificates::of("localhost");
    let server = Postgres::setup()
        .file("server.pem", certificates.certificate())
        .file("server.key", certificates.key())
        .setting("ssl", "on")
        .setting("ssl_cert_file", "{dir}/server.pem")
        .setting("ssl_key_file", "{dir}/server.key")
        .hba("hostssl all all all trust\n");
    let Some(server) = server.start() else { return };
    let url = outbox(&server);
    let directory = Directory::new();
    directory.write("ca.pem", certificates.authority());
    directory.write("none.pem", "no certificate");
    let status = |host: &str, mode: &str, ca_file: &str| {
        let url = url.replace("127.0.0.1", host);
        let text = format!("[database]\nurl = \"{url}{mode}\"\n{ca_file}\n[targets.a]\n");
        directory.write("event-relay.toml", &text);
        directory.run("status", &[])
    };
    let ca_file = "ca_file = \"ca.pem\"";
    let (code, printed) = status("localhost", "?sslmode=require", ca_file);
    assert_eq!(code, 0, "{printed}");
    for (host, mode, ca_file, said) in [
        ("localhost", "?sslmode=require", "", "the connection cannot be encrypted: invalid peer"),
        ("127.0.0.1", "?sslmode=require", ca_file, "not valid for name"),
        ("localhost", "?sslmode=verify-full", "ca_file = \"none.pem\"", "it has no certificate"),
        ("localhost", "?sslmode=require", "ca_file = \"x.pem\"", "x.pem cannot be used"),
        // This machine, and no mode: the server insists.
        ("localhost", "", ca_file, "no encryption"),
        ("localhost", "?sslmode=disable", ca_file, "no encryption"),
    ] {
        let (code, printed) = status(host, mode, ca_file);
        assert!(code == 101 && printed.contains(said), "{host}{mode}: {printed}");
        assert!(printed.contains("\nhelp: "), "{printed}");
    }
}

#[test]
fn a_server_without_tls_gets_nothing() {
    let Some(server) = Postgres::shared() else { return };
    let url = outbox(server);
    let words = format!("status --database {url}?sslmode=require");
    let (code, printed) = Directory::new().run(&words, &[]);
    let said = "the server does not encrypt connections\nhelp: turn on `ssl` in the server";
    assert!(code == 101 && printed.contains(said), "{printed}");
}

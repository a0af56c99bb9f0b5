//! What goes wrong between here and a registry.

use crate::client::client;
use crate::fake::{Fake, Fault};
use event_cli::registry::{ClientOptions, RegistryError, RegistryErrorKind};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const QUICK: ClientOptions = ClientOptions {
    timeout: Duration::from_secs(5),
    attempts: 3,
    pause: Duration::from_millis(5),
    normalize: false,
};

/// The versions of `s`, after these faults.
fn versions(
    fake: &Fake,
    options: ClientOptions,
    faults: Vec<Fault>,
) -> Result<Vec<u32>, RegistryError> {
    for fault in faults {
        fake.fail("GET /subjects/s/versions", fault);
    }
    client(&fake.url, options).versions("s")
}

/// The error, without the address.
fn told(fake: &Fake, error: &RegistryError) -> (String, Option<&'static str>) {
    (error.to_string().replace(&fake.url, "REGISTRY"), error.help())
}

#[test]
fn what_may_pass_is_tried_again() {
    for fault in [
        Fault::Answer(
            500,
            "",
            r#"{"error_code":50001,"message":"Error in the backend data store"}"#,
        ),
        Fault::Answer(503, "", "<html>"),
        Fault::Answer(429, "Retry-After: 0\r\n", ""),
        Fault::HangUp,
        Fault::Truncated,
        Fault::Noise,
    ] {
        let fake = Fake::start();
        fake.put("s", &serde_json::json!({}));
        assert_eq!(versions(&fake, QUICK, vec![fault]), Ok(vec![1]));
        assert_eq!(fake.requests().len(), 2);
    }
}

#[test]
fn a_registry_says_when_to_come_back() {
    let fake = Fake::start();
    let began = Instant::now();
    assert_eq!(
        versions(&fake, QUICK, vec![Fault::Answer(429, "Retry-After: 1\r\n", "")]),
        Ok(vec![])
    );
    assert!(began.elapsed() >= Duration::from_secs(1));
}

#[test]
fn what_does_not_pass_is_told_after_the_last_attempt() {
    let fake = Fake::start();
    let down = || {
        Fault::Answer(
            500,
            "",
            r#"{"error_code":50003,"message":"Error while forwarding the request"}"#,
        )
    };
    let error = versions(&fake, QUICK, vec![down(), down(), down()]).unwrap_err();
    assert_eq!(fake.requests().len(), 3);
    let what = "the registry at REGISTRY answers `GET /subjects/s/versions` with 500 (50003): \
                the registry could not forward the request to its leader: Error while \
                forwarding the request";
    let help = "try again later: pushing again registers nothing twice";
    assert_eq!(told(&fake, &error), (what.to_owned(), Some(help)));
}

#[test]
fn what_was_refused_is_not_asked_again() {
    for status in [400, 401, 403, 404, 422] {
        let fake = Fake::start();
        versions(&fake, QUICK, vec![Fault::Answer(status, "", "")]).unwrap_err();
        assert_eq!(fake.requests().len(), 1, "{status}");
    }
}

#[test]
fn nobody_listens() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = client(&format!("http://127.0.0.1:{port}"), QUICK).versions("s").unwrap_err();
    assert!(
        matches!(&error.kind, RegistryErrorKind::Unreachable { why } if why.contains("refused")),
        "{error}"
    );
    assert_eq!(
        error.help(),
        Some("check that the registry runs, and the host and port of its URL")
    );
}

#[test]
fn a_slow_registry_is_not_asked_twice() {
    let fake = Fake::start();
    let hasty = ClientOptions { timeout: Duration::from_millis(150), ..QUICK };
    let error = versions(&fake, hasty, vec![Fault::Slow(Duration::from_millis(600))]).unwrap_err();
    assert_eq!(fake.requests().len(), 1);
    let what = "the registry at REGISTRY did not answer `GET /subjects/s/versions` within 0.15 s";
    assert_eq!(
        told(&fake, &error),
        (what.to_owned(), Some("raise the timeout with `--timeout SECONDS`"))
    );
}

#[test]
fn what_breaks_off_each_time_is_broken() {
    for (fault, why) in [
        ((|| Fault::Truncated) as fn() -> Fault, "it ends too early"),
        (|| Fault::HangUp, "it ends too early"),
        (|| Fault::Noise, "it is not HTTP"),
    ] {
        let fake = Fake::start();
        let error = versions(&fake, QUICK, vec![fault(), fault(), fault()]).unwrap_err();
        let what = format!(
            "the answer of the registry at REGISTRY to `GET /subjects/s/versions` is broken: {why}"
        );
        assert_eq!(told(&fake, &error).0, what);
    }
}

#[test]
fn what_is_no_registry_is_told() {
    for (body, why) in [
        ("<html>Welcome</html>", "it is not JSON"),
        (r#"{"versions":[]}"#, "it is not a list of versions"),
        ("[1,-2]", "it is not a list of versions"),
    ] {
        let fake = Fake::start();
        let error = versions(&fake, QUICK, vec![Fault::Answer(200, "", body)]).unwrap_err();
        let what = format!(
            "the answer of REGISTRY to `GET /subjects/s/versions` is not a registry's: {why}"
        );
        assert_eq!(told(&fake, &error).0, what);
    }
}

#[test]
fn statuses_and_codes_are_put_into_words() {
    for (status, body, words) in [
        (401, r#"{"error_code":40101}"#, "401 (40101): unknown user, or wrong password"),
        (401, "", "401: it requires credentials"),
        (403, r#"{"error_code":40301}"#, "403 (40301): this user has no permission"),
        (404, "<html>", "404: there is no registry at this path"),
        (404, r#"{"error_code":404}"#, "404: there is no registry at this path"),
        (422, r#"{"error_code":42201,"message":"m"}"#, "422 (42201): the schema is not valid: m"),
        (422, r#"{"error_code":42202}"#, "422 (42202): the version is not valid"),
        (422, r#"{"error_code":42203}"#, "422 (42203): the compatibility level is not valid"),
        (422, r#"{"error_code":42205}"#, "422 (42205): the registry or the subject is read-only"),
        (422, r#"{"error_code":42299}"#, "422 (42299): the request is not valid"),
        (500, r#"{"error_code":50001}"#, "500 (50001): the registry's store failed"),
        (
            500,
            r#"{"error_code":50002}"#,
            "500 (50002): the registry's store did not answer in time",
        ),
        (502, "<html>", "502: the registry failed"),
        (418, "", "418: the registry refused the request"),
    ] {
        let fake = Fake::start();
        let once = ClientOptions { attempts: 1, ..QUICK };
        let error = versions(&fake, once, vec![Fault::Answer(status, "", body)]).unwrap_err();
        let what =
            format!("the registry at REGISTRY answers `GET /subjects/s/versions` with {words}");
        assert_eq!(told(&fake, &error).0, what);
    }
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let (fake, other) = (Fake::start(), Fake::start());
    let location: &'static str = format!("Location: {}/subjects/s/versions\r\n", other.url).leak();
    let error = versions(&fake, QUICK, vec![Fault::Answer(302, location, "")]).unwrap_err();
    let what = "the registry at REGISTRY answers `GET /subjects/s/versions` with 302: the \
                registry has moved";
    assert_eq!(told(&fake, &error).0, what);
    assert_eq!(other.requests(), Vec::<String>::new());
}

#[test]
fn a_level_that_is_not_known_is_not_guessed() {
    let fake = Fake::start();
    fake.fail("GET /config/s", Fault::Answer(200, "", r#"{"compatibilityLevel":"SIDEWAYS"}"#));
    let error = client(&fake.url, QUICK).config("s").unwrap_err();
    assert!(matches!(error.kind, RegistryErrorKind::NotARegistry { .. }), "{error}");
}

//! The pages that `cargo doc` writes of declarations: the first page of a catalog. Read as a reader
//! sees them, from the HTML.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

const NAME: &str = "rustdoc-fixture";
const SOURCE: &str = include_str!("rustdoc/fixture.rs");
const MANIFEST: &str = "[package]\nname = \"rustdoc-fixture\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
    [workspace]\n\n[dependencies]\nevent-core = { path = \"{root}/event-core\" }\n";

/// The directory of the fixture's pages. A warning of rustdoc's is an error.
static PAGES: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the workspace is there");
    let (dir, target) = (
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(NAME),
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustdoc-target"),
    );
    fs::create_dir_all(dir.join("src")).expect("the target directory can be written");
    let write = |file: &str, text: &str| {
        fs::write(dir.join(file), text).expect("the target directory can be written");
    };
    write("Cargo.toml", &MANIFEST.replace("{root}", &root.to_string_lossy()));
    write("src/lib.rs", SOURCE);
    write("src/refund.md", "Money went back.\n\nFrom a file: `a|b`.\n");
    fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock")).expect("the workspace has a lock");
    let output = Command::new(env!("CARGO"))
        .args(["doc", "--offline", "--no-deps", "--quiet"])
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "no warning of rustdoc's:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    target.join("doc/rustdoc_fixture")
});

fn html(page: &str) -> String {
    fs::read_to_string(PAGES.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

/// What a reader sees: without tags, with one space for any number of them.
fn text(page: &str) -> String {
    let html = html(page);
    let main = html.split_once("<main>").map_or(html.as_str(), |(_, main)| main);
    let mut text = String::new();
    let mut is_tag = false;
    for c in main.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let text = marks.iter().fold(text, |text, (mark, c)| text.replace(mark, c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn shows(page: &str, wanted: &[&str]) {
    let text = text(page);
    for wanted in wanted {
        assert!(text.contains(wanted), "{page} does not show `{wanted}`:\n{text}");
    }
}

#[track_caller]
fn links(page: &str, wanted: &[&str]) {
    let html = html(page);
    for wanted in wanted {
        assert!(html.contains(&format!("href=\"{wanted}\"")), "{page} does not link to {wanted}");
    }
}

#[test]
fn an_event_shows_what_is_declared() {
    let page = "payment/struct.PaymentProcessFailed.html";
    shows(
        page,
        &[
            "The gateway refused the charge. payment_process_failed in log lines, \
             payment.process.failed on the wire.",
            "version: 2, the newest; it reads PaymentProcessFailedV1",
            "level: error",
            "owner: payments | billing",
            "stability: beta",
            "since: 1.4.0",
            "entity: order, by order_id",
            "operation: ends what PaymentProcessStarted begins",
            "context: [RequestContext]",
            "aliases: payment_failed",
            "deduplicate: order_id, amount",
            "emit_payment_process_failed(PaymentProcessFailed { order_id, amount_cents, \
             card_number, ip, error, });",
            "const NAME: &'static str = \"payment_process_failed\"",
            "const EVENT_TYPE: &'static str = \"payment.process.failed\"",
        ],
    );
    links(page, &["struct.PaymentProcessFailedV1.html", "struct.PaymentProcessStarted.html"]);
}

#[test]
fn the_fields_of_an_event_are_a_table() {
    let page = "payment/struct.PaymentProcessFailed.html";
    let html = html(page);
    let rows = [
        "<tr><td><code>order_id</code></td><td></td><td></td><td></td><td>entity <code>order</code></td></tr>",
        "<tr><td><code>amount</code></td><td></td><td><code>cents</code></td><td><code>4999</code></td><td><code>amount_cents</code> in Rust; also read as <code>total</code></td></tr>",
        "<tr><td><code>card_number</code></td><td><code>last4</code></td><td></td><td><code>\"42|`42\"</code></td><td></td></tr>",
        "<tr><td><code>ip</code></td><td>none: the fraud desk | reads &lt;b&gt; [it] at https://example.com</td>",
    ];
    for row in rows {
        assert!(
            html.contains(row),
            "{page} has no row {row}:\n{}",
            &html[html.find("<table>").unwrap_or(0)..]
        );
    }
    links(page, &["../shared/struct.ErrorDetails.html"]);
    shows(
        page,
        &[
            "What was to be paid. written as amount; unit cents; example 4999; also read as total",
            "Card used. mask last4; example \"42|`42\"",
        ],
    );
}

#[test]
fn an_old_version_says_that_it_is_old() {
    let page = "payment/struct.PaymentProcessFailedV1.html";
    shows(
        page,
        &["version: 1, an old version: read as PaymentProcessFailed (version 2), never emitted"],
    );
    assert!(
        !text(page).contains("emit_payment_process_failed(PaymentProcessFailedV1"),
        "it has no function"
    );
}

#[test]
fn a_rule_and_an_event_without_docs_are_shown() {
    shows(
        "payment/struct.PaymentProcessCompleted.html",
        &[
            "payment_process_completed in log lines",
            "level: by code: error for 500..=599, warning for 404, otherwise info",
            "limit: 100 each second, and every error",
            "duration_msmselapsed time",
        ],
    );
    shows(
        "payment/struct.PaymentProcessStarted.html",
        &["begins one, which ends with one of PaymentProcessFailed, PaymentProcessCompleted"],
    );
}

#[test]
fn docs_from_a_file_are_kept_before_what_is_generated() {
    shows(
        "payment/struct.PaymentRefundCompleted.html",
        &[
            "Money went back. From a file: a|b. Once for each refund. payment_refund_completed in \
             log lines",
            "sample: 1 of 100, and every error",
        ],
    );
}

#[test]
fn a_group_shows_its_fields() {
    shows("shared/struct.ErrorDetails.html", &["The message. mask redact"]);
}

#[test]
fn a_block_lists_its_events_and_a_catalog_its_blocks() {
    let domain = "payment/enum.Payment.html";
    shows(
        domain,
        &[
            "eventin log linesversionlevel",
            "PaymentProcessFailedpayment_process_failed2error",
            "PaymentProcessFailedV1payment_process_failed1error",
        ],
    );
    links(domain, &["struct.PaymentProcessFailed.html", "struct.PaymentProcessFailedV1.html"]);
    let part = "payment/enum.PaymentEvent.html";
    shows(
        part,
        &[
            "The newest events of the domain Payment.",
            "payment_process_failed: PaymentProcessFailed",
        ],
    );
    links(part, &["struct.PaymentProcessFailed.html", "enum.Payment.html"]);
    let catalog = "enum.ShopEvent.html";
    shows(
        catalog,
        &[
            "Payment(EventOf<Payment>)",
            "Money. The events of payment::Payment.",
            "The events of free::PaymentImportCompleted.",
        ],
    );
    assert!(!text(catalog).contains("as Part"), "a type that a reader understands");
    links(catalog, &["payment/enum.Payment.html", "free/struct.PaymentImportCompleted.html"]);
}

#[test]
fn a_function_leads_to_its_event() {
    let page = "payment/fn.emit_payment_process_failed.html";
    shows(
        page,
        &[
            "pub fn emit_payment_process_failed(event: PaymentProcessFailed<'_>)",
            "Emits PaymentProcessFailed: payment.process.failed.",
        ],
    );
    links(page, &["struct.PaymentProcessFailed.html"]);
}

#[test]
fn a_derived_event_shows_its_page_below_its_fields() {
    shows(
        "free/struct.PaymentImportCompleted.html",
        &[
            "payment_import_completed in log lines, payment.import.completed on the wire.",
            "owner: finance",
            "rows",
            "emit_payment_import_completed(PaymentImportCompleted { rows, });",
        ],
    );
}

#[test]
fn a_declaration_that_names_event_core_otherwise_has_its_page() {
    shows(
        "renamed/struct.CacheHit.html",
        &["cache_hit in log lines, cache.hit on the wire.", "emit_cache_hit(CacheHit);"],
    );
    shows("other/enum.OtherEvent.html", &["The events of renamed::Cache."]);
}

#[test]
fn what_is_generated_is_no_part_of_the_list_table_or_code_before_it() {
    let pages = [
        ("ends/enum.Tail.html", "<li>it was read</li>\n</ul>\n<div><table>"),
        (
            "ends/struct.TailSubmitted.html",
            "<tr><td>17</td></tr>\n</tbody></table>\n</div>\n<p><code>tail_submitted</code> in log lines",
        ),
        ("ends/struct.TailSubmitted.html", "<li>the first</li>\n</ol>\n<p>unit <code>rows</code>"),
        (
            "ends/struct.TailAccepted.html",
            "a line</code></pre></div>\n<p><code>tail_accepted</code> in log lines",
        ),
        (
            "ends/struct.TailCompleted.html",
            "Ends within `code</p>\n<p><code>tail_completed</code> in log lines",
        ),
    ];
    for (page, wanted) in pages {
        let html = html(page);
        assert!(html.contains(wanted), "{page} has no `{wanted}`:\n{html}");
    }
}

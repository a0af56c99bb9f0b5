//! `diff`.

use crate::catalogs::*;
use serde_json::Value;

#[test]
fn what_changed_whom_it_breaks_and_what_that_makes() {
    let shop = Shop::locked("diff", payment(FIRST));
    assert_eq!(shop.ok(payment(FIRST), &["diff", "--exit-code"]), "nothing changed\n");
    let changed =
        payment(&[field("amount", U32), field("note", MAYBE_TEXT), field("more", MAYBE_TEXT)]);
    let later = catalog(&[changed.events().next().unwrap(), &ORDER_1]);
    let text = "\
order_failed@1
  event-added (compatible)
payment_failed@1: major
  field-retyped `amount`: `i64` → `u32` (breaks new readers)
  field-added `more`: `text?` (compatible)
3 changes, the largest bump is major
";
    let ran = shop.run(later, &["diff"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, text));
    assert_eq!(shop.run(later, &["diff", "--exit-code"]).code, 100);
    let own = shop.ok(later, &["diff", "--event", "order.failed"]);
    assert_eq!(
        own,
        "order_failed@1\n  event-added (compatible)\n1 change, the largest bump is none\n"
    );
    let back = shop.ok(later, &["diff", "declarations..lock", "--event", "payment_failed"]);
    assert!(back.contains("field-retyped `amount`: `u32` → `i64` (breaks old readers)"), "{back}");
    let markdown = shop.ok(later, &["diff", "--format", "markdown"]);
    assert!(
        markdown.contains("### payment_failed@1: major\n\n| change | verdict |\n| --- | --- |\n"),
        "{markdown}"
    );
    let json: Value = serde_json::from_str(&shop.ok(later, &["diff", "--format", "json"])).unwrap();
    assert_eq!((&json["bump"], &json["versions"][0]["bump"]), (&"major".into(), &"major".into()));
    assert_eq!(json["changes"][1]["verdict"], "breaks new readers");
    // A payment is not declared any more, and the lock says that it is locked.
    let removed = shop.ok(catalog(&[&ORDER_1]), &["diff"]);
    let text = "\
order_failed@1
  event-added (compatible)
payment_failed@1: major
  event-removed (breaks new readers)
2 changes, the largest bump is major
";
    assert_eq!(removed, text);
    let removed = shop.ok(catalog(&[&ORDER_1]), &["diff", "--format", "markdown"]);
    let table = "### payment_failed@1: major\n\n| change | verdict |\n| --- | --- |\n| event-removed | breaks new readers |\n";
    assert!(
        removed.contains(table) && removed.starts_with("2 changes, the largest bump is major\n"),
        "{removed}"
    );
    let removed = shop.ok(catalog(&[&ORDER_1]), &["diff", "--format", "json"]);
    let versions = r#"{"bump":"major","versions":[{"event":"payment_failed","version":1,"bump":"major"}],"changes":["#;
    assert!(removed.starts_with(versions), "{removed}");
    let nowhere = shop.run(later, &["diff", "nowhere.."]);
    assert!(nowhere.code == 101 && nowhere.err.starts_with("error: "), "{}", nowhere.err);
}

//! Forms by path, in one text.

use super::equal;

/// Joins forms and their paths into one text for [`in_table`]. Each entry begins with its length,
/// so that the compiler's interpreter can skip entries without reading them.
pub fn table<'t>(types: impl Iterator<Item = (&'t str, &'t str)>) -> String {
    let mut out = String::new();
    for (path, form) in types {
        let length = path.len() + 1 + form.len();
        for nth in (0..DIGITS).rev() {
            // The low bits of `@`, `A` .. `O` are the digit, so it is read without a branch.
            let digit = u8::try_from(length >> (4 * nth) & 0xf).unwrap_or_default();
            out.push(char::from(b'@' + digit));
        }
        out.push_str(path);
        out.push('\t');
        out.push_str(form);
    }
    out
}

/// The number of digits of an entry's length: enough for 16 MB.
const DIGITS: usize = 6;

/// The form of a path in a table.
pub const fn in_table<'t>(table: &'t str, path: &[u8]) -> Option<&'t [u8]> {
    let mut rest = table.as_bytes();
    while let [a, b, c, d, e, f, tail @ ..] = rest {
        let high =
            (*a as usize & 0xf) << 20 | (*b as usize & 0xf) << 16 | (*c as usize & 0xf) << 12;
        let length = high | (*d as usize & 0xf) << 8 | (*e as usize & 0xf) << 4 | *f as usize & 0xf;
        if length > tail.len() {
            return None;
        }
        let (entry, after) = tail.split_at(length);
        if path.len() < entry.len()
            && entry[path.len()] == b'\t'
            && equal(entry.split_at(path.len()).0, path)
        {
            return Some(entry.split_at(path.len() + 1).1);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{in_table, table};

    #[test]
    fn a_table_gives_what_it_was_made_of() {
        let types =
            [("shop::A", "{a:text}"), ("shop::Ab", ""), ("shop::B<&shop::A>", "[&shop::A]")];
        let text = table(types.into_iter());
        for (path, form) in types {
            assert_eq!(in_table(&text, path.as_bytes()), Some(form.as_bytes()), "{path}");
        }
        assert_eq!(in_table(&text, b"shop::"), None);
        assert_eq!(in_table(&text[..20], b"shop::B"), None);
        assert_eq!(in_table("zzzzzzx", b"x"), None);
    }
}

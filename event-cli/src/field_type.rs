//! The type of a field in a word or two, for listings. Schemas say it exactly.

use event_core::meta::shape::{Shape, TextFormat};

/// The type below `Option`: `decimal`, `[string]`, `Address`. A listing says beside it whether the
/// field is required.
pub(crate) fn describe(shape: &'static Shape) -> String {
    match shape {
        Shape::Optional(inner) => describe(inner),
        shape => inner(shape),
    }
}

fn inner(shape: &'static Shape) -> String {
    match shape {
        Shape::Bool => "boolean".to_owned(),
        Shape::Integer { .. } => "integer".to_owned(),
        Shape::Float => "number".to_owned(),
        Shape::Text(format) => text(*format).to_owned(),
        Shape::Optional(optional) => format!("{}?", inner(optional)),
        Shape::List(item) => format!("[{}]", inner(item)),
        Shape::Array { item, len } => format!("[{}; {len}]", inner(item)),
        Shape::Tuple(places) => {
            let places: Vec<_> = places.iter().map(|place| inner(place)).collect();
            format!("({})", places.join(", "))
        }
        Shape::Map(value) => format!("{{string: {}}}", inner(value)),
        Shape::Newtype(shape) => shape.ty.name.to_owned(),
        Shape::Struct(shape) => shape.ty.name.to_owned(),
        Shape::Enum(shape) => shape.ty.name.to_owned(),
        Shape::Opaque(shape) => last_part((shape.name)()),
        Shape::Recursive(recursion) => inner((recursion.shape)()),
        _ => "any".to_owned(),
    }
}

const fn text(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Char => "char",
        TextFormat::DateTime => "date-time",
        TextFormat::Date => "date",
        TextFormat::Uuid => "uuid",
        TextFormat::Uri => "uri",
        TextFormat::Ipv4 => "ipv4",
        TextFormat::Ipv6 => "ipv6",
        TextFormat::Ip => "ip",
        TextFormat::Decimal => "decimal",
        _ => "string",
    }
}

/// `alloc::vec::Vec<core::time::Duration>` without its paths: `Vec<Duration>`.
fn last_part(path: &str) -> String {
    let mut short = String::new();
    for part in path.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
        short.push_str(part.rsplit("::").next().unwrap_or(part));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{describe, last_part};
    use event_core::meta::shape::Shape;

    #[test]
    fn types_in_words() {
        const TEXTS: &Shape = &Shape::Optional(&Shape::List(&Shape::Optional(&Shape::Bool)));
        assert_eq!(describe(TEXTS), "[boolean?]");
        assert_eq!(
            describe(&Shape::Map(&Shape::Tuple(&[&Shape::Float, &Shape::Any]))),
            "{string: (number, any)}"
        );
        assert_eq!(last_part("alloc::vec::Vec<core::time::Duration>"), "Vec<Duration>");
    }
}

//! The type of a field in one or two words, for listings. Schemas give the exact type.

use event_core::meta::shape::{
    EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, TextFormat,
};

/// The type inside `Option`: `decimal`, `[string]`, `Address`. A listing says separately whether
/// the field is required.
pub(crate) fn describe(shape: &'static Shape) -> String {
    match shape {
        Shape::Optional(inner) => describe(inner),
        shape => shape.accept(&mut InWords),
    }
}

struct InWords;

impl ShapeVisitor for InWords {
    type Output = String;

    fn visit_bool(&mut self) -> String {
        "boolean".to_owned()
    }

    fn visit_integer(&mut self, _min: i64, _max: u64) -> String {
        "integer".to_owned()
    }

    fn visit_float(&mut self) -> String {
        "number".to_owned()
    }

    fn visit_text(&mut self, format: TextFormat) -> String {
        text(format).to_owned()
    }

    fn visit_optional(&mut self, inner: &'static Shape) -> String {
        format!("{}?", inner.accept(self))
    }

    fn visit_list(&mut self, item: &'static Shape, len: Option<usize>) -> String {
        let item = item.accept(self);
        len.map_or_else(|| format!("[{item}]"), |len| format!("[{item}; {len}]"))
    }

    fn visit_tuple(&mut self, places: &'static [&'static Shape]) -> String {
        let places: Vec<_> = places.iter().map(|place| place.accept(self)).collect();
        format!("({})", places.join(", "))
    }

    fn visit_map(&mut self, value: &'static Shape) -> String {
        format!("{{string: {}}}", value.accept(self))
    }

    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) -> String {
        newtype.ty.name.to_owned()
    }

    fn visit_struct(&mut self, shape: &'static StructShape) -> String {
        shape.ty.name.to_owned()
    }

    fn visit_enum(&mut self, shape: &'static EnumShape) -> String {
        shape.ty.name.to_owned()
    }

    fn visit_opaque(&mut self, shape: &'static OpaqueShape) -> String {
        last_part((shape.name)())
    }

    fn visit_any(&mut self) -> String {
        "any".to_owned()
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

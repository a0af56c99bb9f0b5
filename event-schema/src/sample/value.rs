//! Sample values from shapes.

use super::foreign;
use super::random::Random;
use crate::json::Json;
use event_core::Timestamp;
use event_core::mask;
use event_core::meta::shape::{
    Direction, EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, Tagging,
    TextFormat, VariantContent, VariantShape,
};
use event_core::meta::{FieldMeta, Sensitivity};
use serde_json::Number;

/// The depth of nested named types from which values are as small as their types allow.
const DEEP: u8 = 3;

/// Makes values.
pub(super) struct Sampler {
    random: Random,
    /// Whether the values are for documentation: with every optional value, and no unusual values.
    plain: bool,
    depth: u8,
}

/// The place of a value.
#[derive(Clone, Copy)]
struct Place {
    name: &'static str,
    mask: Option<Sensitivity>,
    /// Whether a number in this place must be finite.
    finite: bool,
}

impl Sampler {
    pub(super) const fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), plain: seed == 0, depth: 0 }
    }

    /// The value of a field; `None` if the field is left out.
    pub(super) fn field(&mut self, field: &FieldMeta) -> Option<Json> {
        let mask = field.sensitivity.filter(|class| !matches!(class, Sensitivity::Clear { .. }));
        if mask == Some(Sensitivity::Drop) {
            return None;
        }
        let example =
            field.example.filter(|_| mask.is_none() && (self.plain || self.random.coin()));
        if let Some(Ok(example)) = example.map(serde_json::from_str::<serde_json::Value>) {
            return Some(example.into());
        }
        let place = Place { name: field.name, mask, finite: field.finite };
        let is_left_out = field.skip_none && field.shape.is_optional() && !self.is_some();
        (!is_left_out).then(|| self.value(field.written_shape(), place))
    }

    /// Whether an optional value is present.
    pub(super) fn adds(&mut self) -> bool {
        self.plain || self.random.coin()
    }

    fn is_some(&mut self) -> bool {
        self.depth < DEEP && (self.plain || self.random.coin())
    }

    fn count(&mut self) -> usize {
        match (self.depth < DEEP, self.plain) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => self.random.below(3),
        }
    }

    fn value(&mut self, shape: &'static Shape, place: Place) -> Json {
        shape.accept(&mut ValueOf { sampler: self, place })
    }

    fn deeper(&mut self, make: impl FnOnce(&mut Self) -> Json) -> Json {
        self.depth += 1;
        let value = make(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self, fields: &'static [FieldMeta]) -> Json {
        let members =
            fields.iter().filter_map(|field| Some((field.name.to_owned(), self.field(field)?)));
        Json::Object(members.collect())
    }

    fn integer(&mut self, min: i64, max: u64) -> Json {
        let shown = if max >= 42 { 42 } else { max };
        match if self.plain { 0 } else { self.random.below(4) } {
            1 => min.into(),
            2 => max.into(),
            3 if min <= 0 => 0.into(),
            _ => shown.into(),
        }
    }

    fn float(&mut self, finite: bool) -> Json {
        const FLOATS: &[f64] = &[12.5, 0.0, -0.25, 1e300, 3.0, f64::NAN];
        let floats = if finite { &FLOATS[..5] } else { FLOATS };
        let float = if self.plain { Some(12.5) } else { self.random.pick(floats) };
        float.and_then(Number::from_f64).map_or(Json::Null, Json::Number)
    }

    fn text(&mut self, format: TextFormat, place: Place) -> String {
        if let Some(mask) = place.mask {
            return masked(mask, format).to_owned();
        }
        let odd = !self.plain && self.random.coin();
        match format {
            TextFormat::Char => if odd { "☃" } else { "c" }.to_owned(),
            TextFormat::DateTime => {
                let micros = if odd { self.random.next() >> 13 } else { 1_767_323_045_000_000 };
                Timestamp::from_micros(i64::try_from(micros).unwrap_or_default()).to_string()
            }
            TextFormat::Date => if odd { "1999-12-31" } else { "2026-01-02" }.to_owned(),
            TextFormat::Uuid => {
                let (high, low) = (self.random.next(), self.random.next());
                format!(
                    "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
                    high >> 32,
                    high & 0xffff,
                    low >> 52,
                    low & 0xfff,
                    low >> 16 & 0xffff_ffff_ffff
                )
            }
            TextFormat::Uri => {
                if odd { "urn:example:odd" } else { "https://example.com/path?query=1" }.to_owned()
            }
            TextFormat::Ipv6 => "2001:db8:1::".to_owned(),
            TextFormat::Ip if odd => "2001:db8:1::".to_owned(),
            TextFormat::Ip | TextFormat::Ipv4 => "203.0.113.0".to_owned(),
            TextFormat::Decimal => if odd { "-0.5" } else { "49.99" }.to_owned(),
            _ => self.words(place.name),
        }
    }

    /// Text that names its field, or text with unusual characters.
    fn words(&mut self, name: &str) -> String {
        const ODD: &[&str] = &["", "two\nlines", "\"quoted\" \\", "naïve ☃ 🎉", "\u{0}\u{1f}"];
        if self.plain {
            return format!("{name}-1");
        }
        match self.random.pick(ODD) {
            Some(odd) if self.random.coin() => odd.to_owned(),
            _ => format!("{name}-{}", 1 + self.random.below(9)),
        }
    }

    fn variant(&mut self, shape: &'static EnumShape) -> Json {
        let deep = self.depth >= DEEP;
        let smallest = || {
            (0..8).find_map(|fuel| shape.variants.iter().find(|variant| holds_end(variant, fuel)))
        };
        let chosen = if deep { smallest() } else { None };
        let Some(variant) = chosen.or_else(|| {
            let at = if self.plain { 0 } else { self.random.below(shape.variants.len()) };
            shape.variants.get(at)
        }) else {
            return Json::Null;
        };
        let place = Place { name: variant.name, mask: variant.sensitivity, finite: false };
        let content = match &variant.content {
            VariantContent::Unit => None,
            VariantContent::Newtype(held) => Some(self.value(held, place)),
            VariantContent::Struct(fields) => Some(self.object(fields)),
        };
        let mut members = match shape.tagging {
            Tagging::External | Tagging::Untagged => Vec::new(),
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                vec![(tag.to_owned(), variant.name.into())]
            }
        };
        match (shape.tagging, content) {
            (Tagging::Untagged, content) => return content.unwrap_or(Json::Null),
            (Tagging::External, None) => return variant.name.into(),
            (Tagging::External, Some(value)) => members.push((variant.name.to_owned(), value)),
            (Tagging::Adjacent { content, .. }, Some(value)) => {
                members.push((content.to_owned(), value));
            }
            (Tagging::Internal { .. }, Some(Json::Object(held))) => members.extend(held),
            (Tagging::Internal { .. } | Tagging::Adjacent { .. }, _) => {}
        }
        Json::Object(members)
    }
}

/// Makes a value of a shape.
struct ValueOf<'a> {
    sampler: &'a mut Sampler,
    place: Place,
}

impl ShapeVisitor for ValueOf<'_> {
    type Output = Json;

    fn visit_bool(&mut self) -> Json {
        self.sampler.adds().into()
    }

    fn visit_integer(&mut self, min: i64, max: u64) -> Json {
        self.sampler.integer(min, max)
    }

    fn visit_float(&mut self) -> Json {
        self.sampler.float(self.place.finite)
    }

    fn visit_text(&mut self, format: TextFormat) -> Json {
        self.sampler.text(format, self.place).into()
    }

    fn visit_optional(&mut self, inner: &'static Shape) -> Json {
        if self.sampler.is_some() { inner.accept(self) } else { Json::Null }
    }

    fn visit_list(&mut self, item: &'static Shape, len: Option<usize>) -> Json {
        let count = len.unwrap_or_else(|| self.sampler.count());
        Json::List((0..count).map(|_| item.accept(self)).collect())
    }

    fn visit_tuple(&mut self, places: &'static [&'static Shape]) -> Json {
        Json::List(places.iter().map(|place| place.accept(self)).collect())
    }

    fn visit_map(&mut self, value: &'static Shape) -> Json {
        let keys = (0..self.sampler.count()).map(|at| format!("key{at}"));
        Json::Object(keys.map(|key| (key, value.accept(self))).collect())
    }

    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) -> Json {
        let place = Place { mask: newtype.sensitivity.or(self.place.mask), ..self.place };
        self.sampler.deeper(|sampler| sampler.value(newtype.inner, place))
    }

    fn visit_struct(&mut self, shape: &'static StructShape) -> Json {
        self.sampler.deeper(|sampler| sampler.object(shape.fields))
    }

    fn visit_enum(&mut self, shape: &'static EnumShape) -> Json {
        self.sampler.deeper(|sampler| sampler.variant(shape))
    }

    fn visit_opaque(&mut self, shape: &'static OpaqueShape) -> Json {
        match shape.schema {
            Some(schema) => foreign::value(&schema(Direction::Write), &mut self.sampler.random),
            None => Json::Null,
        }
    }

    fn visit_any(&mut self) -> Json {
        Json::Object(vec![("any".into(), true.into())])
    }
}

/// The masked form of a text.
fn masked(mask: Sensitivity, format: TextFormat) -> &'static str {
    const OF_IPV6: &str = "2001:db8:1::/48";
    match mask::output(mask) {
        // A field of that type does not read an IPv4 network.
        Some(_) if format == TextFormat::Ipv6 => OF_IPV6,
        Some(form) => form.sample,
        None => mask::REDACTED,
    }
}

fn holds_end(variant: &'static VariantShape, fuel: u8) -> bool {
    match &variant.content {
        VariantContent::Unit => true,
        VariantContent::Newtype(held) => ends(held, fuel),
        VariantContent::Struct(fields) => fields.iter().all(|field| ends(field.shape, fuel)),
    }
}

/// Whether a value can be made with at most `fuel` nested named types.
fn ends(shape: &'static Shape, fuel: u8) -> bool {
    match shape {
        Shape::Recursive(recursion) => fuel > 0 && ends((recursion.shape)(), fuel - 1),
        Shape::Newtype(newtype) => fuel > 0 && ends(newtype.inner, fuel - 1),
        Shape::Struct(shape) => {
            fuel > 0 && shape.fields.iter().all(|field| ends(field.shape, fuel - 1))
        }
        Shape::Enum(shape) => {
            fuel > 0 && shape.variants.iter().any(|variant| holds_end(variant, fuel - 1))
        }
        Shape::Array { item, .. } => ends(item, fuel),
        Shape::Tuple(places) => places.iter().all(|place| ends(place, fuel)),
        _ => true,
    }
}

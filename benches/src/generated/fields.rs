//! What both crates declare: the names of the events, and their fields.

/// Events of one block.
pub const BLOCK: usize = 10;

/// Actions and statuses of a block's ten events.
const EVENTS: [(&str, &str); BLOCK] = [
    ("Intake", "Started"),
    ("Intake", "Completed"),
    ("Intake", "Failed"),
    ("Review", "Started"),
    ("Review", "Completed"),
    ("Review", "Failed"),
    ("Handover", "Started"),
    ("Handover", "Completed"),
    ("Handover", "Failed"),
    ("Archive", "Updated"),
];

/// The actions of a block.
pub const ACTIONS: [&str; 4] = ["Intake", "Review", "Handover", "Archive"];

/// A field, and the expression that a call site gives it.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Its type.
    pub ty: Type,
    /// What a call site gives it.
    pub argument: &'static str,
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Borrowed text.
    Text,
    /// Borrowed text, or none.
    OptionalText,
    /// The nested struct.
    Place,
    /// As it is written.
    Rust(&'static str),
}

/// Seven of which each event leaves one out, and two that every event has.
const FIELDS: [Field; 9] = [
    field("order_id", "What it is about.", Type::Text, "text.into()"),
    field("note", "What somebody wrote.", Type::Rust("String"), "text.to_owned()"),
    field("attempt", "Which attempt it is.", Type::Rust("u32"), "7"),
    field("size_bytes", "How much it is.", Type::Rust("u64"), "number"),
    field("delta", "How much it has changed.", Type::Rust("i64"), "-3"),
    field("ratio", "How much of it is done.", Type::Rust("f64"), "0.5"),
    field("cached", "Whether it was there already.", Type::Rust("bool"), "true"),
    field("reason", "Why, if that is known.", Type::OptionalText, "Some(text.into())"),
    field("place", "Where it happened.", Type::Place, "Place { room: 3, street: text.to_owned() }"),
];

const fn field(name: &'static str, docs: &'static str, ty: Type, argument: &'static str) -> Field {
    Field { name, docs, ty, argument }
}

/// One event.
pub struct Event {
    /// Where it stands among all of them.
    pub at: usize,
    /// `BakeIntakeStarted`
    pub type_name: String,
    /// `bake_intake_started`
    pub name: String,
    /// `error` or `info`
    pub level: &'static str,
}

impl Event {
    /// Its fields.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let left_out = self.at % 7;
        FIELDS.iter().enumerate().filter(move |(at, _)| *at != left_out).map(|(_, field)| field)
    }

    /// The fields of the event as a struct literal has them.
    pub fn arguments(&self) -> String {
        let arguments: Vec<String> =
            self.fields().map(|field| format!("{}: {}", field.name, field.argument)).collect();
        arguments.join(", ")
    }
}

/// One block: a domain and its events.
pub struct Block {
    /// `Bake`
    pub domain: String,
    /// `bake`
    pub module: String,
    /// Its events.
    pub events: Vec<Event>,
}

/// Blocks of ten events, the last one perhaps of fewer.
pub fn blocks(count: usize) -> impl Iterator<Item = Block> {
    (0..count.div_ceil(BLOCK)).map(move |block| {
        let module = word(block);
        let domain: String = module[..1].to_uppercase() + &module[1..];
        let event = |at: usize| {
            let (action, status) = EVENTS[at % BLOCK];
            let type_name = format!("{domain}{action}{status}");
            let name = format!("{module}_{}_{}", action.to_lowercase(), status.to_lowercase());
            Event { at, type_name, name, level: if status == "Failed" { "error" } else { "info" } }
        };
        let events = (block * BLOCK..count.min((block + 1) * BLOCK)).map(event).collect();
        Block { domain, module, events }
    })
}

/// A word of its own for each number: `baba`, `bake`, ..
fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "ke", "di", "lo", "mu", "ra", "ne", "si", "to", "vu"];
    let mut word = String::new();
    for _ in 0..4 {
        word.insert_str(0, SYLLABLES[number % 10]);
        number /= 10;
    }
    word
}

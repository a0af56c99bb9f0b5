use event_core::EventValue;

#[derive(EventValue)]
pub union Bits {
    pub int: u32,
    pub float: f32,
}

fn main() {}

use event_core::EventValue;

#[derive(EventValue)]
pub struct Page<T> {
    pub items: Vec<T>,
}

fn main() {}

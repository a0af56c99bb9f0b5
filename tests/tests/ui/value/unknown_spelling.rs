use event_core::EventValue;

#[derive(EventValue)]
#[value(rename_all = "snakecase")]
pub enum Method {
    Card,
    Cash,
}

fn main() {}

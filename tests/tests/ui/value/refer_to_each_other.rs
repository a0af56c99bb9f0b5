use event_core::EventValue;

#[derive(EventValue)]
pub struct Folder {
    pub files: Vec<File>,
}

#[derive(EventValue)]
pub struct File {
    pub folder: Option<Box<Folder>>,
}

fn main() {}

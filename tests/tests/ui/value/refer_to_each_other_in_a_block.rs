use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub folder: Folder,
    }

    #[value]
    pub struct Folder {
        pub files: Vec<File>,
    }

    #[value]
    pub struct File {
        pub folder: Option<Box<Folder>>,
    }
);

fn main() {}

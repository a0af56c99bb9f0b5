#[value(rename_all = "snake_case", tag = "type", content = "data")]
pub enum Delivery {
    PickUp,
    /// By a company.
    #[value(alias("carrier"))]
    Courier { tracking_number: String, notes: Vec<Note> },
    Other(Box<Delivery>),
}

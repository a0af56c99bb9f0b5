#[value(rename_all = "snake_case", tag = "type", content = "data")]
pub enum Delivery {
    PickUp,
    /// By a company.
    #[value(alias("carrier"))]
    Courier {
        tracking_number: String,
        notes: Vec<Note>,
        #[field(finite, unit = "kg")]
        weight: Option<f32>,
        #[sensitive(custom = masks::FirstLine)]
        address: String,
    },
    Other(Box<Delivery>),
}

fn main() {
    event_core::error!(amount = 3, "the charge failed");
}

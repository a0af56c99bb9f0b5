#![deny(unused_must_use)]

fn main() {
    cross_crate::Caller { caller: String::new() }.enter();
}

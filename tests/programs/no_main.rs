pub fn mian() {}

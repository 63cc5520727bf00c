fn main() -> ! {
    std::process::exit(3)
}
// The last line may lack its end.
//! Names as students type them.

use super::support::folder;
use crate::course::Course;

fn course() -> Course {
    let text =
        "title = 'C'\nexercises = ['01_udp_send', '02_udp_echo_server', '04_multi_client', '14_frames']\n";
    Course::open(folder(&[("course.toml", text)]).path()).unwrap()
}

#[test]
fn every_way_to_name_an_exercise() {
    let course = course();
    for asked in
        ["4", "04", "multi_client", "04_multi_client", "exercises/04_multi_client/", "04_multi_client/"]
    {
        assert_eq!(course.resolve(asked), Ok("04_multi_client"), "{asked}");
    }
    assert_eq!(course.resolve("14"), Ok("14_frames"));
}

#[test]
fn near_names_are_offered() {
    let course = course();
    let near = |asked: &str| course.resolve(asked).unwrap_err().nearest;
    assert_eq!(near("multi_clinet"), ["04_multi_client"]);
    assert_eq!(near("udp"), ["01_udp_send", "02_udp_echo_server"]);
    assert_eq!(near("udp_sned"), ["01_udp_send"]);
    assert_eq!(near("clint"), ["04_multi_client"]);
    assert!(near("99").is_empty());
    assert!(near("").is_empty());
    insta::assert_snapshot!(course.resolve("xyz").unwrap_err(), @r"
    no exercise is called `xyz`
    `checker list` shows them all
    ");
    insta::assert_snapshot!(course.resolve("Client").unwrap_err(), @r"
    no exercise is called `Client`; did you mean `04_multi_client`?
    `checker list` shows them all
    ");
}

import Testing

@testable import GrandstreamCTI

@Suite("A key")
struct KeyTests {
    @Test("of the guide exists once: 14 pad keys, 45 more of GXP phones, 11 more of DP handsets")
    func table() {
        #expect(Set(Key.all).count == Key.all.count)
        #expect(Key.all.filter { $0.isAvailable(on: .gxp) && $0.isAvailable(on: .dp) }.count == 14)
        #expect(Key.all.filter { $0.isAvailable(on: .gxp) && !$0.isAvailable(on: .dp) }.count == 45)
        #expect(Key.all.filter { !$0.isAvailable(on: .gxp) && $0.isAvailable(on: .dp) }.count == 11)
    }

    @Test("is found by its name, in any case", arguments: Key.all)
    func names(key: Key) throws {
        #expect(try Key(parsing: key.description) == key)
        #expect(try Key(parsing: key.description.lowercased()) == key)
    }

    @Test(
        "is found by what people write",
        arguments: [
            ("LINE2", Key.line(2)), ("*", .star), ("#", .hash), ("pound", .hash), ("0", .digit(0)), ("MPK24", .mpk(24)),
            ("LEFT_SOFT_KEY", .leftSoftKey),
        ])
    func aliases(name: String, expected: Key) throws {
        #expect(try Key(parsing: name) == expected)
    }

    @Test(
        "is refused where the guide has none", arguments: ["", "LINE0", "LINE9", "SOFT5", "MPK25", "10", "+", "ENTER"])
    func unknown(name: String) {
        let error = #expect(throws: KeyError.self) { try Key(parsing: name) }
        #expect(error == .unknownKey(name))
        #expect(error?.description.contains("“\(name)”") == true)
    }

    @Test(
        "differs on the wire by family",
        arguments: [
            (Key.hash, "%23", "HASH"), (.star, "*", "STAR"), (.digit(7), "7", "7"), (.mute, "MUTE", "MUTE"),
            (.send, "SEND", nil), (.line(8), "LINE8", nil), (.offhook, nil, "OFFHOOK"), (.line(9), nil, nil),
        ] as [(Key, String?, String?)])
    func wireForms(key: Key, gxp: String?, dp: String?) {
        #expect(KeyTable.wireForm(of: key, on: .gxp) == gxp)
        #expect(KeyTable.wireForm(of: key, on: .dp) == dp)
    }

    @Test(
        "list dials a number without what stands between for the eye",
        arguments: [
            ("1000", "1:0:0:0"), ("(202) 555-0143", "2:0:2:5:5:5:0:1:4:3"), ("[0]12.34", "0:1:2:3:4"),
            ("*72#", "*:7:2:%23"),
        ])
    func digits(number: String, expected: String) throws {
        let keys = try Key.digits(from: number)
        #expect(keys.compactMap { KeyTable.wireForm(of: $0, on: .gxp) }.joined(separator: ":") == expected)
    }

    @Test("list names the character that cannot be dialled", arguments: Array("+,wA/;é٣\u{A0}\n") as [Character])
    func notDialable(character: Character) {
        let error = #expect(throws: KeyError.self) { try Key.digits(from: "55\(character)1234") }
        #expect(error == .notDialable(character))
        #expect(error?.description.contains("“\(character)”") == true)
    }

    @Test("list is never empty", arguments: ["", " ", "()-."])
    func nothing(number: String) {
        #expect(throws: KeyError.nothingToDial) { try Key.digits(from: number) }
    }
}

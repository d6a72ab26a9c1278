import Foundation
import Testing

@testable import GrandstreamCTI

@Suite("A state word")
struct OpenWordTests {
    @Test("that is known is recognised in any case and kept as it came", arguments: LineState.Known.allCases)
    func known(word: LineState.Known) {
        let shouted = LineState(rawValue: word.rawValue.uppercased())
        #expect(shouted.known == word)
        #expect(shouted == LineState(word))
        #expect(shouted.hashValue == LineState(word).hashValue)
        #expect(shouted.rawValue == word.rawValue.uppercased())
    }

    @Test("that is unknown is kept, not lost", arguments: ["Talking", "", "in call", "通話中"])
    func unknown(word: String) {
        let state = LineState(rawValue: word)
        #expect(state.known == nil)
        #expect(state.rawValue == word)
        #expect(state == .unknown(word))
        #expect(state != .idle)
    }

    @Test("goes through JSON as a plain string, unchanged")
    func coding() throws {
        let states: [LineState] = [.idle, LineState(rawValue: "Talking")]
        let json = try JSONEncoder().encode(states)
        #expect(String(decoding: json, as: UTF8.self) == #"["idle","Talking"]"#)
        #expect(try JSONDecoder().decode([LineState].self, from: json).map(\.rawValue) == ["idle", "Talking"])
    }

    @Test("of a phone is open as well")
    func phoneState() {
        #expect(PhoneState(rawValue: "Available") == .available)
        #expect(PhoneState(rawValue: "ringing").known == .ringing)
        #expect(PhoneState(rawValue: "flash").known == nil)
    }
}

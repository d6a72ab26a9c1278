import Testing

@testable import OffhookServer

@Suite("Fair turns") struct FairTurnsTests {
    private func turns(_ most: Int = 1000, _ mostOfAddress: Int = 1000) -> FairTurns<String> {
        FairTurns(most: most, mostOfAddress: mostOfAddress)
    }

    private func drained(_ turns: FairTurns<String>) -> [String] {
        var turns = turns
        var all: [String] = []
        while let next = turns.next() { all.append(next) }
        return all
    }

    /// Adds `address/account#n`.
    private func add(_ turns: inout FairTurns<String>, _ address: String, _ account: String, _ n: Int) -> String {
        switch turns.add("\(address)/\(account)#\(n)", of: .init(address: address, account: account)) {
        case .taken: "taken"
        case .inPlaceOf(let other): other
        case .refused: "refused"
        }
    }

    @Test("addresses take turns, and within one its accounts")
    func order() {
        var queue = turns()
        for n in 1...3 { _ = add(&queue, "x", "a", n) }
        _ = add(&queue, "x", "b", 1)
        _ = add(&queue, "y", "a", 1)
        _ = add(&queue, "z", "c", 1)
        #expect(queue.count == 6)
        #expect(drained(queue) == ["x/a#1", "y/a#1", "z/c#1", "x/b#1", "x/a#2", "x/a#3"])
    }

    @Test("who leaves and comes back goes to the end: nobody overtakes those that wait")
    func comingBack() {
        var queue = turns()
        for n in 1...3 { _ = add(&queue, "x", "a", n) }
        _ = add(&queue, "y", "a", 1)
        var served: [String] = []
        for n in 2...5 {
            served += [queue.next(), queue.next()].compactMap { $0 }
            _ = add(&queue, "y", "a", n)
        }
        #expect(served.prefix(6) == ["x/a#1", "y/a#1", "x/a#2", "y/a#2", "x/a#3", "y/a#3"])
    }

    @Test(
        "where all is full, the longest line gives up its newest; where none is longer, nobody comes in"
    )
    func full() {
        var queue = turns(4, 4)
        for n in 1...3 { _ = add(&queue, "x", "a", n) }
        _ = add(&queue, "y", "a", 1)
        #expect(add(&queue, "x", "b", 1) == "x/a#3")
        #expect(add(&queue, "x", "a", 4) == "refused")
        #expect(add(&queue, "z", "a", 1) == "x/a#2")
        #expect(["x/a#1", "x/b#1"].contains(add(&queue, "w", "a", 1)))
        #expect(add(&queue, "v", "a", 1) == "refused")
        #expect(queue.count == 4)
    }

    @Test("one address has a bound of its own, within which an account's crowd gives way to the others of its address")
    func ofAddress() {
        var queue = turns(100, 3)
        for n in 1...3 { #expect(add(&queue, "x", "a", n) == "taken") }
        #expect(add(&queue, "x", "a", 4) == "refused")
        #expect(add(&queue, "x", "b", 1) == "x/a#3")
        #expect(add(&queue, "x", "c", 1) == "x/a#2")
        #expect(add(&queue, "x", "d", 1) == "refused")
        #expect(add(&queue, "y", "a", 1) == "taken")
        #expect(drained(queue) == ["x/a#1", "y/a#1", "x/b#1", "x/c#1"])
    }

    @Test("what is taken out is not served, and leaves no empty line behind")
    func removal() {
        var queue = turns()
        _ = add(&queue, "x", "a", 1)
        _ = add(&queue, "y", "a", 1)
        #expect(queue.remove { $0 == "x/a#1" } == "x/a#1")
        #expect(queue.remove { $0 == "x/a#1" } == nil)
        #expect(drained(queue) == ["y/a#1"])
    }
}

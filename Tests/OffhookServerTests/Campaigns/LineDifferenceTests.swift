import TestSupport
import Testing

@testable import OffhookServer

@Suite("What changed between two files, line by line") struct LineDifferenceTests {
    @Test("lines that went and came are told with their numbers; the same text is no change")
    func lines() {
        #expect(LineDifference.text(from: "a\nb\nc", to: "a\nb\nc") == nil)
        #expect(LineDifference.text(from: "a\nb\nc\n", to: "a\nx\nc\nd\n") == "-2: b\n+2: x\n+4: d")
        #expect(LineDifference.text(from: "", to: "a") == "-1: \n+1: a")
    }

    @Test("a text that is another one altogether is said to be replaced, with its lines before and now")
    func replaced() {
        let old = (0..<20_000).map { "old \($0)" }.joined(separator: "\n")
        let new = (0..<30_000).map { "new \($0)" }.joined(separator: "\n")
        #expect(
            LineDifference.text(from: old, to: new, of: "the script")
                == "the script was replaced (20000 lines before, 30000 now)")
        // As many lines as are compared, and more changes than are told.
        let some = (0..<9000).map { "\($0)" }.joined(separator: "\n")
        let others = (0..<9000).map { "\($0 + 5)x" }.joined(separator: "\n")
        #expect(LineDifference.text(from: some, to: others) == "the file was replaced (9000 lines before, 9000 now)")
    }

    @Test("what is compared is bounded in steps, whatever the texts are")
    func bounded() {
        var random = SeededGenerator(seed: 11)
        let lists = (0..<2).map { _ in (0..<10_000).map { _ in Int.random(in: 0...1, using: &random) } }
        for (old, new) in [(lists[0], lists[1]), (Array(0..<10_000), Array(10_000..<20_000))] {
            var difference = BoundedDifference(mostEdits: 500, mostSteps: 50_000)
            let edits = difference.edits(from: old, to: new)
            #expect(edits == nil)
            // One stretch of equal elements may be under way when the bound is reached.
            #expect(difference.steps <= 50_000 + 10_000)
        }
        var unbounded = BoundedDifference(mostEdits: 500, mostSteps: 2_000_000)
        let none = unbounded.edits(from: lists[0], to: lists[0])
        #expect(none?.removed == [])
        #expect(unbounded.steps == 10_000)
    }

    @Test("within its bounds it finds the fewest changes, and what is left of both is the same")
    func fewest() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let (old, new) = (list(&random), list(&random))
            var difference = BoundedDifference(mostEdits: 100, mostSteps: 10_000)
            let edits = difference.edits(from: old, to: new)
            let (removed, inserted) = try #require(edits)
            let kept = old.indices.filter { !removed.contains($0) }.map { old[$0] }
            #expect(kept == new.indices.filter { !inserted.contains($0) }.map { new[$0] }, "\(old) \(new)")
            #expect(kept.count == longestCommon(old, new), "\(old) \(new)")
        }
    }

    private func list(_ random: inout SeededGenerator) -> [Int] {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...3, using: &random) }
    }

    private func longestCommon(_ left: [Int], _ right: [Int]) -> Int {
        var row = [Int](repeating: 0, count: right.count + 1)
        for element in left {
            let above = row
            for (index, other) in right.enumerated() {
                row[index + 1] = element == other ? above[index] + 1 : max(above[index + 1], row[index])
            }
        }
        return row[right.count]
    }
}

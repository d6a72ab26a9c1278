import Foundation
import Fuzzing
import Testing

/// The short form of `make fuzz`.
@Suite("Spoiled input") struct FuzzTests {
    @Test(
        "no spoiled answer and no spoiled list crashes, hangs or gives a passcode away", arguments: FuzzSubject.allCases
    )
    func spoiled(subject: FuzzSubject) throws {
        let fuzzer = Fuzzer(subject, folder: FileManager.default.temporaryDirectory)
        defer { fuzzer.finish() }
        for number in 0..<UInt64(subject == .answer ? 3000 : 1500) { try fuzzer.run(input: number) }
    }

    @Test("the same number makes the same input, and different numbers different ones")
    func seeded() {
        let spoil = { (seed: UInt64) -> [UInt8] in
            var mutator = Mutator(seed: seed)
            return mutator.spoil(Array("name,phone".utf8), others: [[1, 2, 3]], dictionary: [[44], [34]])
        }
        #expect(spoil(7) == spoil(7))
        #expect(Set((0..<100).map(spoil)).count > 80)
    }
}

import Foundation
import Fuzzing

/// Spoiled answers and lists by the million: `offhook-fuzz [COUNT [FIRST]]`, half of them answers, half lists.
///
/// Each input is made from its number alone. The number under way stands in the file that is named at the start, so that an
/// input that crashes the program can be made again: `offhook-fuzz 1 NUMBER`.
@main
struct Fuzz {
    /// Growth of resident memory after the first tenth that fails the run, in KiB.
    static let growth = 64 * 1024

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        let count = arguments.first ?? 10_000_000
        let first = arguments.dropFirst().first ?? 0
        let memory = URL(fileURLWithPath: "/dev/shm")
        let folder =
            FileManager.default.fileExists(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
        let position = try Position(folder.appendingPathComponent("offhook-fuzz-\(getpid()).position"))
        print("\(count) inputs from number \(first); the one under way stands in \(position.path)")
        let answers = Fuzzer(.answer, folder: folder)
        let lists = Fuzzer(.csv, folder: folder)
        let start = ContinuousClock.now
        var settled = 0
        for offset in 0..<count {
            let number = first + offset
            position.set(number)
            do {
                try (number.isMultiple(of: 2) ? answers : lists).run(input: number)
            } catch {
                print("FAILED at input \(number): \(error)")
                exit(1)
            }
            if offset == count / 10 { settled = residentKiB() }
            if (offset + 1).isMultiple(of: 1_000_000) {
                print("\(offset + 1) inputs, \(residentKiB()) KiB resident, \(ContinuousClock.now - start)")
            }
        }
        answers.finish()
        lists.finish()
        position.remove()
        let grown = residentKiB() - settled
        print(
            "\(count) inputs, no crash, no hang; memory grew by \(grown) KiB after the first tenth; \(ContinuousClock.now - start)"
        )
        guard grown <= growth else {
            print("FAILED: memory grew by more than \(growth) KiB")
            exit(1)
        }
    }

    static func residentKiB() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize()) / 1024
    }

    /// A number in a file that is mapped into memory: written without a system call, and there after a crash.
    struct Position {
        let path: String
        private let memory: UnsafeMutableRawPointer

        init(_ url: URL) throws {
            path = url.path
            try Data(count: 8).write(to: url)
            let descriptor = open(path, O_RDWR)
            guard let mapped = mmap(nil, 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), mapped != MAP_FAILED
            else {
                throw CocoaError(.fileWriteUnknown)
            }
            close(descriptor)
            memory = mapped
        }

        func set(_ number: UInt64) { memory.storeBytes(of: number, as: UInt64.self) }

        func remove() { unlink(path) }
    }
}

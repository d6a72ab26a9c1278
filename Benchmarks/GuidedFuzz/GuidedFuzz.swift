import Foundation

/// The coverage-guided form of `offhook-fuzz`: libFuzzer spoils inputs and keeps those that reach new code.
///
/// It is built by `scripts/fuzz-guided` from the sources themselves, since a package cannot link libFuzzer's own `main`.
/// OFFHOOK_FUZZ_SUBJECT is `answer` or `csv`; with OFFHOOK_FUZZ_SEEDS the seeds are written to that folder, and no more.
private let subject = FuzzSubject(
    rawValue: ProcessInfo.processInfo.environment["OFFHOOK_FUZZ_SUBJECT"] ?? "answer")
nonisolated(unsafe) private var fuzzer = Fuzzer(
    subject ?? .answer,
    folder: URL(fileURLWithPath: FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"))

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    guard let subject else {
        print("OFFHOOK_FUZZ_SUBJECT is answer or csv")
        exit(2)
    }
    guard let folder = ProcessInfo.processInfo.environment["OFFHOOK_FUZZ_SEEDS"] else { return 0 }
    for (index, seed) in subject.seeds.enumerated() {
        do {
            // The first byte chooses command and status of an answer.
            try Data([UInt8(truncatingIfNeeded: index)] + seed).write(
                to: URL(fileURLWithPath: folder).appendingPathComponent("seed-\(index)"))
        } catch {
            print("\(error)")
            exit(2)
        }
    }
    exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    do {
        try fuzzer.run(bytes: Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    } catch {
        print("BROKEN: \(error)")
        abort()
    }
}

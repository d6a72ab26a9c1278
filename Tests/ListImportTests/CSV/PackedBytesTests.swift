import Foundation
import ListImport
import PhoneNumbers
import Testing

/// Lists and registries as they are delivered: in an archive.
@Suite struct PackedBytesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "packed-\(UUID().uuidString)")

    /// Packs texts with Python's own zipfile and gzip.
    private func pack(_ script: String) throws -> URL {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import gzip, zipfile, io, os\n" + script]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return folder.appending(path: "list")
    }

    private func rows(_ file: URL) throws -> [String] {
        let atlas = try ListFixture.atlas.get()
        var reader = try ListReader(file: file, region: "US", numbers: NumberReader(atlas: atlas), atlas: atlas)
        var found: [String] = []
        while let batch = try reader.nextBatch() { found += batch.compactMap(\.contact).flatMap(\.e164) }
        return found
    }

    private static let list = "'phone\\n' + ''.join(f'212555{i:04d}\\n' for i in range(3000))"

    @Test(
        "zip and gzip are read as what is in them",
        arguments: [
            "gzip.open('list', 'wt').write(TEXT)",
            "zipfile.ZipFile('list', 'w', zipfile.ZIP_DEFLATED).writestr('a/list.csv', TEXT)",
            "zipfile.ZipFile('list', 'w').writestr('list.csv', TEXT)",
            "z = zipfile.ZipFile('list', 'w'); z.writestr('__MACOSX/._list.csv', 'x'); z.writestr('a/', ''); z.writestr('a/list.csv', TEXT)",
        ])
    func read(_ script: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try pack(script.replacing("TEXT", with: Self.list))
        #expect(try rows(file).count == 3000)
    }

    @Test(
        "an archive that is none of one list is refused with what it is",
        arguments: [
            ("z = zipfile.ZipFile('list', 'w'); z.writestr('a.csv', TEXT); z.writestr('b.csv', TEXT)", "several files"),
            ("z = zipfile.ZipFile('list', 'w'); z.writestr('a/', '')", "without a file"),
            ("zipfile.ZipFile('list', 'w').writestr('[Content_Types].xml', TEXT)", "workbook"),
            ("gzip.open('list', 'wt').write(TEXT); os.truncate('list', 1000)", "damaged"),
            (
                "gzip.open('list', 'wb').write(b'list.csv'.ljust(257, b'\\0') + b'ustar'.ljust(800, b'0'))",
                "a tar archive"
            ),
            ("gzip.open('list', 'wb').write(b'0' * (100 << 20))", "200 times"),
        ])
    func refused(_ script: String, words: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try pack(script.replacing("TEXT", with: Self.list))
        do {
            let read = try rows(file)
            Issue.record("\(read.count) rows were read")
        } catch let error as ListImportError {
            #expect("\(error)".contains(words), "\(error)")
        }
    }
}

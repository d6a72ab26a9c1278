import Foundation
import ListImport
import PhoneNumbers
import Testing
import TestSupport

@Suite("Reading a list")
struct ListReaderTests {
    @Test("gives contacts with all that the row and its numbers say")
    func contact() throws {
        let list = try ListFixture(
            """
            Name,Phone,Mobile,External ID,Priority,State,Plan
            Jane Doe,(850) 555-0123,+442079460000,A-17,5,FL," Gold "
            """)
        var reader = try list.reader()
        #expect(reader.headers == ["Name", "Phone", "Mobile", "External ID", "Priority", "State", "Plan"])
        let batch = try #require(try reader.nextBatch())
        let contact = try #require(batch.first?.contact)
        #expect(batch.count == 1)
        #expect(contact.row == 1)
        #expect(contact.line == 2)
        #expect(contact.name == "Jane Doe")
        #expect(contact.externalID == "A-17")
        #expect(contact.priority == 5)
        #expect(contact.e164 == ["+18505550123", "+442079460000"])
        #expect(
            contact.numbers.first?.location
                == NumberLocation(region: "US", zones: ["America/Chicago", "America/New_York"], jurisdiction: "US-FL"))
        // Which of the two places is right nobody can tell: the clocks of both must be open.
        #expect(contact.numbers.last?.location.zones == ["America/Chicago", "America/New_York", "Europe/London"])
        #expect(contact.numbers.last?.location.jurisdiction == "GB+US-FL")
        #expect(contact.isPlaceStated)
        #expect(contact.remarks.map(\.example) == ["+442079460000 of GB in a row of US-FL"])
        #expect(
            contact.fields == [ContactField(name: "State", value: "FL"), ContactField(name: "Plan", value: "Gold")])
        #expect(try reader.nextBatch() == nil)
        #expect(reader.bytesRead == reader.totalBytes)
    }

    @Test("makes the name of its parts, and does without")
    func names() throws {
        let list = try ListFixture("phone,first name,last name\n4155550123,Jane,Doe\n4155550124,,Doe\n4155550125\n")
        #expect(try list.rows().map(\.contact?.name) == ["Jane Doe", "Doe", nil])
    }

    @Test("keeps the parts of the name as fields under their headers, for scripts and exports")
    func partsOfNames() throws {
        let fields = { (list: String, overrides: [String: String]) in
            try ListFixture(list).rows(overrides: overrides).map { $0.contact?.fields.map { "\($0.name)=\($0.value)" } }
        }
        let list = "Vorname,phone,Nachname,Ort\nAda,4155550123,Muster,Ulm\n,4155550124,Probe,\n"
        #expect(try fields(list, [:]) == [["Vorname=Ada", "Nachname=Muster", "Ort=Ulm"], ["Nachname=Probe"]])
        // A header that does not tell which part of the name it is gives way to one that does.
        let odd = "Name,Rufname,phone\nMuster,Ada,4155550123\n"
        #expect(
            try fields(odd, ["Rufname": "first_name", "Name": "last_name"]) == [["last_name=Muster", "first_name=Ada"]])
        #expect(try fields("name,phone\nAda,4155550123\n", [:]) == [[]])
    }

    @Test("calls the numbers in the order of the columns, each once")
    func order() throws {
        let list = try ListFixture(
            "tel,mobile,work phone\n4155550123,14155550123,+1 415 555 0123\n,4155550124,4155550123\n")
        #expect(try list.rows().map(\.contact?.e164) == [["+14155550123"], ["+14155550124", "+14155550123"]])
        let mapped = try list.rows(overrides: ["work phone": "phone"])
        #expect(mapped.last?.contact?.e164 == ["+14155550123", "+14155550124"])
    }

    @Test("keeps the good numbers of a row, and shows the bad ones")
    func someBad() throws {
        let list = try ListFixture("phone,mobile,plan\n12345,4155550123,Gold\n")
        let contact = try #require(try list.rows().first?.contact)
        #expect(contact.e164 == ["+14155550123"])
        #expect(
            contact.fields == [
                ContactField(name: "phone (not dialable)", value: "12345"), ContactField(name: "plan", value: "Gold"),
            ])
    }

    @Test("quarantines a row without a good number, with every reason and its text")
    func allBad() throws {
        let list = try ListFixture("phone,mobile\n12345,911\n,\" \"x\n  ,,\nx y,+1 900 555 0123\n")
        let rows = try list.rows().compactMap(\.quarantined)
        #expect(
            rows.map(\.reason) == [
                "phone “12345” is too short for a number of US; "
                    + "mobile “911” is an emergency or short number of US, which is never dialled",
                "text follows the closing quote of field 2: double the quotes inside the text",
                "the row is empty",
                "phone “x y” is not a phone number; mobile “+1 900 555 0123” is a premium-rate number, which is never dialled",
            ])
        #expect(rows.map(\.raw) == ["12345,911", ",\" \"x", "  ,,", "x y,+1 900 555 0123"])
        #expect(rows.map(\.row) == [1, 2, 3, 4])
        #expect(rows.map(\.line) == [2, 3, 4, 5])
    }

    @Test("cuts a long text in a reason, but not in the row's text")
    func longText() throws {
        let essay = String(repeating: "word ", count: 100)
        let row = try #require(try ListFixture("phone\n\(essay)\n").rows().first?.quarantined)
        #expect(row.reason.hasSuffix("…” is not a phone number"))
        #expect(row.reason.count < 120)
        #expect(row.raw == essay)
    }

    @Test("quarantines a row that has texts but no number")
    func noNumber() throws {
        let list = try ListFixture("name,phone,mobile\nJane,,\n")
        #expect(try list.rows().first?.quarantined?.reason == "there is no number in “phone”, “mobile”")
    }

    @Test("quarantines a row with more fields than the header, but not one with empty ones at its end")
    func extraFields() throws {
        let list = try ListFixture("phone,name\n4155550123,Doe, Jane\n4155550124,Doe,,\n")
        let rows = try list.rows()
        #expect(rows.first?.quarantined?.reason.contains("3 fields where the header has 2") == true)
        #expect(rows.last?.contact?.name == "Doe")
    }

    @Test("quarantines a row whose priority is no number")
    func priority() throws {
        let list = try ListFixture("phone,priority\n4155550123,high\n4155550124,-3\n4155550125,\n")
        let rows = try list.rows()
        #expect(rows.first?.quarantined?.reason == "the priority “high” is not a whole number")
        #expect(rows.dropFirst().map(\.contact?.priority) == [-3, 0])
    }

    @Test("counts blank lines as empty rows, but not at the end of the file")
    func blankLines() throws {
        let list = try ListFixture("\n\nphone\n\n  \n4155550123\n\n4155550124\n\n \n\n")
        let rows = try list.rows(limit: 1)
        #expect(rows.compactMap(\.quarantined).map(\.row) == [1, 2, 4])
        #expect(rows.compactMap(\.quarantined).map(\.line) == [4, 5, 7])
        #expect(rows.compactMap(\.quarantined).allSatisfy { $0.reason == "the row is empty" })
        #expect(rows.compactMap(\.contact).map(\.row) == [3, 5])
        #expect(rows.compactMap(\.contact).map(\.line) == [6, 8])
    }

    @Test("reads numbers in the way of the row's country, else of the list's region")
    func countries() throws {
        let list = try ListFixture(
            "phone,country\n020 7946 0000,United Kingdom\n(415) 555-0123,\n030 12345678,de\n+14155550124,Freedonia\n4155550123,Freedonia\n"
        )
        let rows = try list.rows()
        #expect(
            rows.map(\.contact?.e164) == [
                ["+442079460000"], ["+14155550123"], ["+493012345678"], ["+14155550124"], nil,
            ])
        #expect(
            rows.last?.quarantined?.reason
                == "phone “4155550123” cannot be read: “Freedonia” is no country that is known")
        #expect(rows.first?.contact?.fields == [ContactField(name: "country", value: "United Kingdom")])
    }

    @Test("gives batches of at most the size asked for, and one row at least", arguments: [1, 2, 3, 10, 0])
    func batches(limit: Int) throws {
        let list = try ListFixture("phone\n" + (0..<10).map { "415555010\($0)\n" }.joined())
        var reader = try list.reader()
        var sizes: [Int] = []
        var bytes: [Int64] = [reader.bytesRead]
        while let batch = try reader.nextBatch(limit: limit) {
            sizes.append(batch.count)
            bytes.append(reader.bytesRead)
        }
        #expect(sizes.reduce(0, +) == 10)
        #expect(sizes.allSatisfy { $0 <= max(1, limit) })
        #expect(bytes == bytes.sorted())
        #expect(bytes.last == reader.totalBytes)
    }

    @Test("stops before the first row if the list cannot be one")
    func cannotBeRead() throws {
        let empty = try ListFixture("\n \n")
        #expect(throws: ListImportError.noHeader(path: empty.file.path(percentEncoded: false))) { try empty.reader() }
        let list = try ListFixture("name,address\n")
        #expect(throws: ListImportError.noPhoneColumn(headers: ["name", "address"])) { try list.reader() }
        #expect(throws: ListImportError.unknownRegion("XX")) { try list.reader(region: "XX") }
        let quoted = try ListFixture("\"phone\nx")
        #expect(throws: ListImportError.self) { try quoted.reader() }
    }

    @Test("says why a file cannot be opened", arguments: ["/nonexistent/list.csv", "/tmp"])
    func cannotOpen(path: String) throws {
        let atlas = try ListFixture.atlas.get()
        let error = #expect(throws: ListImportError.self) {
            try ListReader(file: URL(filePath: path), region: "US", numbers: NumberReader(), atlas: atlas)
        }
        guard case .cannotOpen(let named, _) = error else {
            Issue.record("not .cannotOpen: \(String(describing: error))")
            return
        }
        #expect(named.hasPrefix(path))
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test("reads a list that comes through a pipe")
    func pipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("phone\n4155550123\n".utf8))
        try pipe.fileHandleForWriting.close()
        let file = URL(filePath: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
        let atlas = try ListFixture.atlas.get()
        var reader = try ListReader(file: file, region: "US", numbers: NumberReader(), atlas: atlas)
        #expect(reader.totalBytes == nil)
        #expect(try reader.nextBatch()?.first?.contact?.e164 == ["+14155550123"])
    }

    @Test("never crashes on a damaged list, and loses no row")
    func damagedLists() throws {
        var random = SeededGenerator(seed: 5)
        let sound = Array(
            "phone,name,plan\r\n4155550123,\"Doe, Jane\",Gold\r\n+442079460000,Zoë,\"a \"\"b\"\"\"\r\n".utf8)
        let atlas = try ListFixture.atlas.get()
        let file = FileManager.default.temporaryDirectory.appending(path: "damaged-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        for _ in 0..<300 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 7..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try Data(bytes).write(to: file)
            guard var reader = try? ListReader(file: file, region: "US", numbers: NumberReader(), atlas: atlas) else {
                continue
            }
            var ordinals: [Int] = []
            while let batch = try reader.nextBatch(limit: 2) {
                ordinals += batch.map { $0.contact?.row ?? $0.quarantined?.row ?? 0 }
            }
            #expect(ordinals == Array(1..<(ordinals.count + 1)))
            #expect(!ordinals.isEmpty)
        }
    }
}

import ListImport
import PhoneNumbers
import Testing

/// Rows of a list that say that the person wants no calls.
@Suite struct OptOutReadingTests {
    private func read(
        _ text: String, region: String = "US", _ overrides: [String: String] = [:]
    ) throws -> (rows: [ListRow], tally: OptOutTally) {
        let fixture = try ListFixture(text)
        var reader = try fixture.reader(region: region, overrides: overrides)
        var rows: [ListRow] = []
        while let batch = try reader.nextBatch() { rows += batch }
        return (rows, reader.optOuts)
    }

    @Test("a flagged row is a contact that is not to be called; its texts stay among its fields")
    func flagged() throws {
        let (rows, tally) = try read("Phone,Do Not Call\n2125550143,1\n2125550144,0\n2125550145,perhaps\n")
        #expect(rows.compactMap(\.contact).map(\.isDoNotCall) == [true, false, true])
        #expect(rows.first?.contact?.fields == [ContactField(name: "Do Not Call", value: "1")])
        #expect(tally.flagged == 2 && tally.unclear == 1 && tally.unclearExample == "perhaps")
    }

    @Test("a row that is kept aside hands over the numbers that it has, also where its cells have moved")
    func quarantined() throws {
        let (rows, tally) = try read(
            "Name,Phone,Priority,DNC\nAda,2125550143,high,yes\nBob,Jr.,2125550144,1,yes\nCid,12,1,yes\nDee,Dr.,2125550145,0,no\n"
        )
        #expect(
            rows.compactMap(\.quarantined).map { $0.doNotCall.map(\.e164) } == [
                ["+12125550143"], ["+12125550144"], [], [],
            ])
        #expect(tally.flagged == 3 && tally.withoutNumber == 1)
    }

    @Test("a wish beside a number counts for the person and for that number")
    func besideNumber() throws {
        let (rows, _) = try read(
            "Name,Phone,Mobile\nAda,212-555-0142 do not call,917-555-0142\nBob,DNC,917-555-0143\nCid,call 212-555-0144 after 5,\n"
        )
        let contacts = rows.compactMap(\.contact)
        #expect(contacts.map(\.isDoNotCall) == [true, true, false])
        #expect(Set(contacts[0].doNotCall.map(\.e164)) == ["+12125550142", "+19175550142"])
    }

    @Test("whoever is called though a column says otherwise is counted by column")
    func letThrough() throws {
        let text =
            "Phone,DNC,Unsubscribed,status,notes\n2125550143,1,0,NEW,\n2125550144,0,1,DNC,x\n2125550145,0,0,NEW,DNC\n2125550146,0,0,NEW,\n"
        let (_, tally) = try read(text, ["DNC": "custom:DNC"])
        #expect(tally.flagged == 0)
        #expect(tally.letThrough == [1: 1, 2: 1, 3: 1, 4: 1])
        #expect(tally.peopleLetThrough == 3)
        let (_, heeded) = try read(text)
        #expect(heeded.flagged == 1 && heeded.peopleLetThrough == 2)
        let (_, states) = try read(text, ["status": "do_not_call"])
        #expect(states.flagged == 2 && states.unclear == 0)
    }

    @Test("a wish in a note is found, however many other notes the column has")
    func lateNotes() throws {
        let notes = (0..<2000).map { "2125\(560_000 + $0),spoke to customer \($0); call again\n" }.joined()
        let (_, tally) = try read("Phone,Notes\n\(notes)2125570001,moved; do not call\n")
        #expect(tally.letThrough == [1: 1])
    }
}

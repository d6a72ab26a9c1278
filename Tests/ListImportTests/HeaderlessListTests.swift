import Foundation
import ListImport
import PhoneNumbers
import Testing

@Suite("Lists without a header, and places in rows")
struct HeaderlessListTests {
    private func contacts(_ text: String, _ options: ListOptions) throws -> [ListRow] {
        let fixture = try ListFixture(text)
        let atlas = try ListFixture.atlas.get()
        var reader = try ListReader(
            file: fixture.file, options: options, numbers: NumberReader(atlas: atlas), atlas: atlas)
        var rows: [ListRow] = []
        while let batch = try reader.nextBatch() { rows += batch }
        return rows
    }

    @Test("the columns that hold numbers are found by their texts, and no row is lost")
    func guessed() throws {
        let text = (0..<120).map { "Ada \($0),\($0),(415) 555-0\(100 + $0)\n" }.joined()
        let rows = try contacts(text, ListOptions(region: "US", hasHeader: false))
        #expect(rows.count == 120)
        #expect(rows.first?.contact?.e164 == ["+14155550100"])
        #expect(rows.last?.contact?.line == 120)
        #expect(rows.first?.contact?.fields.map(\.name) == ["column 1", "column 2"])
    }

    @Test("columns are mapped by their number")
    func mapped() throws {
        let rows = try contacts(
            "Ada;x;4155550123\n",
            ListOptions(region: "US", overrides: ["1": "name", "3": "phone"], hasHeader: false))
        #expect(rows.first?.contact?.name == "Ada")
        #expect(rows.first?.contact?.e164 == ["+14155550123"])
    }

    @Test("a bad row among the first keeps its own text in quarantine")
    func badRow() throws {
        let rows = try contacts(
            "Ada,4155550123\nBob,12\nCid,4155550125\nDot,4155550126\nEve,4155550127\n",
            ListOptions(region: "US", hasHeader: false))
        #expect(rows[1].quarantined?.raw == "Bob,12")
        #expect(rows[1].quarantined?.category == "number too short")
    }

    @Test(
        "a row's own zone, state or postal code is possible beside its area code's: the zones and the rules of both hold",
        arguments: [
            ("state,phone", "TX,2125550123", "US-NY+US-TX", ["America/Chicago", "America/Denver", "America/New_York"]),
            ("State,phone", "texas,2145550123", "US-TX", ["America/Chicago"]),
            ("zip,phone", "94107,2125550123", "US-CA+US-NY", ["America/Los_Angeles", "America/New_York"]),
            ("zip,phone", "501,2125550123", "US-NY", ["America/New_York"]),
            ("zip,phone", "94107-1234,4155550123", "US-CA", ["America/Los_Angeles"]),
            ("timezone,phone", "America/Denver,2125550123", "US-NY", ["America/Denver", "America/New_York"]),
            (
                "timezone,phone", "Mountain,2125550123", "US-NY",
                ["America/Denver", "America/New_York", "America/Phoenix"]
            ),
            ("timezone,state,phone", "America/Chicago,TX,2145550123", "US-TX", ["America/Chicago"]),
            ("timezone,phone", "GMT-05:00,2125550123", "US-NY", ["America/New_York"]),
            ("state,phone", "Nowhere,2125550123", "US-NY", ["America/New_York"]),
            ("timezone,phone", "Europe/London,2125550123", "US-NY", ["America/New_York", "Europe/London"]),
        ])
    func places(header: String, row: String, jurisdiction: String, zones: [String]) throws {
        let rows = try contacts("\(header)\n\(row)\n", ListOptions(region: "US"))
        let location = try #require(rows.first?.contact?.numbers.first?.location)
        #expect(location.jurisdiction == jurisdiction)
        #expect(location.zones == zones)
    }

    @Test(
        "a Canadian postal code tells its province; the rules and the clocks of the number's place hold beside it"
    )
    func canada() throws {
        let rows = try contacts(
            "postal code,country,phone,phone 2\nV5K 0A1,CA,416 555 0123,+44 20 7946 0000\n", ListOptions(region: "US"))
        let numbers = try #require(rows.first?.contact?.numbers)
        #expect(numbers[0].location.jurisdiction == "CA-BC+CA-ON")
        #expect(numbers[0].location.zones.contains("America/Toronto"))
        let vancouver = numbers[0].location.zones.filter { $0 != "America/Toronto" }
        #expect(numbers[1].location.zones == (vancouver + ["Europe/London"]).sorted())
        #expect(numbers[1].location.jurisdiction == "CA-BC+GB")
    }

    @Test(
        "headers are recognised in the languages of Europe",
        arguments: [
            "Vorname;Nachname;Telefonnummer;PLZ;Bundesland", "Prénom;Nom;Téléphone;Code postal;Région",
            "Nombre;Apellidos;Teléfono móvil;Código postal;Provincia", "Nome;Cognome;Cellulare;CAP;Provincia",
            "Nome;Sobrenome;Telemóvel;CEP;Estado", "Voornaam;Achternaam;Telefoonnummer;Postcode;Provincie",
            "Imię;Nazwisko;Komórka;Kod pocztowy;Województwo", "Förnamn;Efternamn;Mobil;Postnummer;Land",
            "Etunimi;Sukunimi;Puhelinnumero;Postinumero;Maa",
        ])
    func languages(header: String) throws {
        let mapping = try ColumnMapping(headers: header.split(separator: ";").map(String.init))
        #expect(mapping.columns[0].field == .firstName)
        #expect(mapping.columns[1].field == .lastName)
        #expect(mapping.columns[2].field == .phone(1))
        #expect(mapping.columns[3].field == .postalCode)
    }
}

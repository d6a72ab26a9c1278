import Testing

@testable import ListImport

@Suite("The mapping of columns")
struct ColumnMappingTests {
    static func fields(_ headers: [String], _ overrides: [String: String] = [:]) throws -> [String] {
        try ColumnMapping(headers: headers, overrides: overrides).columns.map(\.field.description)
    }

    @Test(
        "recognises phone numbers",
        arguments: [
            "phone", "Phone", "PHONE", "mobile", "tel", "Tel.", "telephone", "cell", "phone 2", "Phone1", "phone_1",
            "Mobile No",
            "work phone", "Work Phone Number", "phoneNumber", "PhoneNumber", "Contact Number", "contact no.",
            "Home number", "home-phone",
            "cell phone", "Telefon", "Primary Phone", "Preferred phone", "Handy", "Teléfono", "mobile phone #",
            " phone ",
        ])
    func phones(header: String) throws {
        #expect(try Self.fields([header]) == ["phone"])
    }

    @Test(
        "does not take what is about a phone for a phone",
        arguments: [
            "phone type", "Phone Ext", "mobile consent", "cell carrier", "best time to phone",
            "Phone verified",
            "fax", "Fax number", "number", "account number", "Work order no", "contact 2", "Home", "last phone call",
        ])
    func notPhones(header: String) throws {
        #expect(try Self.fields(["phone", header]) == ["phone", "custom:\(header)"])
    }

    @Test(
        "recognises what else it knows",
        arguments: [
            ("name", "name"), ("Full Name", "name"), ("First Name", "first_name"), ("firstname", "first_name"),
            ("firstName", "first_name"), ("Given name", "first_name"), ("LAST_NAME", "last_name"),
            ("Surname", "last_name"),
            ("State", "state"), ("State/Province", "state"), ("zip", "postal_code"), ("ZIP code", "postal_code"),
            ("Postcode", "postal_code"), ("time zone", "time_zone"), ("TimeZone", "time_zone"), ("tz", "time_zone"),
            ("Country", "country"), ("country_code", "country"), ("External ID", "external_id"),
            ("priority", "priority"),
            ("Email", "custom:Email"), ("Company name", "custom:Company name"), ("id", "custom:id"),
            ("Région", "custom:Région"),
        ])
    func roles(header: String, expected: String) throws {
        #expect(try Self.fields(["phone", header]) == ["phone", expected])
    }

    @Test(
        "the number of an agent, an owner or a relative is not dialed for the person whom the row is about",
        arguments: [
            "Agent Phone", "Owner Phone", "Sales Rep Phone", "Assistant Phone", "Asst. Phone",
            "Emergency Contact Phone",
            "Spouse mobile", "Referred by phone", "Manager's phone", "Telefon Makler", "Handy Ehepartner",
            "Téléphone conseiller", "Teléfono asesor", "Telefono agente", "Telefoon makelaar",
            "Telefon opiekuna opiekun",
            "Lead Owner Mobile", "Record Created By Phone",
        ])
    func otherPeople(header: String) throws {
        #expect(try Self.fields(["name", header, "phone"]) == ["name", "custom:\(header)", "phone"])
        #expect(try Self.fields([header, "number"], ["number": "phone"]).first == "custom:\(header)")
    }

    @Test("a list of such people has their numbers, and the owner of a record never its own")
    func aboutOtherPeople() throws {
        #expect(try Self.fields(["Agent Name", "Agent Phone", "Agent Mobile"]).suffix(2) == ["phone", "phone2"])
        #expect(try Self.fields(["Owner Phone"]) == ["phone"])
        #expect(try Self.fields(["name", "Agent Phone"], ["Agent Phone": "phone2"]) == ["name", "phone2"])
        #expect(throws: ListImportError.self) { try Self.fields(["Name", "Lead Owner Mobile"]) }
    }

    @Test("numbers the phone columns from left to right, ten at most")
    func callingOrder() throws {
        #expect(try Self.fields(["Mobile", "Name", "Work phone", "tel"]) == ["phone", "name", "phone2", "phone3"])
        let many = try ColumnMapping(headers: (1...11).map { "phone \($0)" })
        #expect(many.phoneColumns == Array(0..<10))
        #expect(many.columns.last?.field == .custom("phone 11"))
    }

    @Test("gives a field to the first column that looks like it")
    func firstWins() throws {
        #expect(try Self.fields(["Name", "Full name", "phone"]) == ["name", "custom:Full name", "phone"])
    }

    @Test("lets the person who imports overrule it, case ignored")
    func overrides() throws {
        let headers = ["Phone", "Alt", "Name", "Ref", "Note", "Skip"]
        let mapping = try ColumnMapping(
            headers: headers,
            overrides: [
                "alt": "phone", " REF ": "external_id", "Note": "custom:Remark", "Skip": "IGNORE", "Name": "last_name",
            ])
        #expect(
            mapping.columns.map(\.field.description)
                == ["phone2", "phone", "last_name", "external_id", "custom:Remark", "ignore"])
        #expect(mapping.phoneColumns == [1, 0])
    }

    @Test("leaves a field that was mapped to the column it was mapped to")
    func overriddenField() throws {
        #expect(try Self.fields(["phone", "name", "Client"], ["Client": "name"]) == ["phone", "custom:name", "name"])
        #expect(try Self.fields(["phone", "a"], ["phone": "phone3", "a": "phone2"]) == ["phone3", "phone2"])
    }

    @Test("gives custom fields names of their own")
    func names() throws {
        let mapping = try ColumnMapping(headers: ["phone", "Email", "Email", "", "Email"])
        #expect(mapping.columns.map(\.fieldName) == ["phone", "Email", "Email (2)", "column 4", "Email (3)"])
        #expect(try Self.fields(["phone", "X", "b"], ["b": "custom: X "]) == ["phone", "custom:X", "custom:X (2)"])
    }

    @Test("names the nearest columns if one does not exist")
    func unknownColumn() {
        let error = #expect(throws: ListImportError.self) {
            try ColumnMapping(headers: ["Phone", "Full name", "Zip", "Country"], overrides: ["Fone": "phone"])
        }
        #expect(error == .unknownColumn("Fone", nearest: ["Phone", "Zip", "Country"]))
        #expect(error?.description == "There is no column “Fone” to map: the nearest are “Phone”, “Zip”, “Country”.")
    }

    @Test(
        "names the nearest fields if one does not exist",
        arguments: [
            ("firstname", "first_name"), ("phone11", "phone1"), ("phone0", "phone"), ("custom:", "custom"),
            ("zip", "zip"),
        ])
    func unknownField(spelling: String, _: String) throws {
        let error = #expect(throws: ListImportError.self) {
            try ColumnMapping(headers: ["phone", "x"], overrides: ["x": spelling])
        }
        guard case .unknownField(spelling, "x", let nearest) = error else {
            Issue.record("not .unknownField: \(String(describing: error))")
            return
        }
        #expect(nearest.count == 3)
        if spelling == "firstname" { #expect(nearest.first == "first_name") }
    }

    @Test("refuses two columns for one field, and a column that stands there twice")
    func clashes() {
        #expect(throws: ListImportError.fieldMappedTwice(field: "phone", columns: ["a", "b"])) {
            try ColumnMapping(headers: ["a", "b"], overrides: ["a": "phone", "b": "phone"])
        }
        #expect(throws: ListImportError.fieldMappedTwice(field: "custom:X", columns: ["a", "b"])) {
            try ColumnMapping(headers: ["a", "b"], overrides: ["a": "custom:X", "b": "custom: X "])
        }
        #expect(throws: ListImportError.columnRepeated("a")) {
            try ColumnMapping(headers: ["a", "a"], overrides: ["a": "phone"])
        }
    }

    @Test("lists the headers if none is a phone, and says how to name one")
    func noPhone() {
        let error = #expect(throws: ListImportError.self) { try ColumnMapping(headers: ["Name", "Contact"]) }
        #expect(error == .noPhoneColumn(headers: ["Name", "Contact"]))
        #expect(error?.description.contains("--map COLUMN=phone") == true)
        #expect(error?.description.contains("“Name”, “Contact”") == true)
        #expect(throws: ListImportError.noPhoneColumn(headers: ["phone"])) {
            try ColumnMapping(headers: ["phone"], overrides: ["phone": "ignore"])
        }
    }

    @Test("spells every field the way it reads it", arguments: ListField.spellings + ["custom:Plan B"])
    func spellings(spelling: String) throws {
        #expect(try #require(ListField(spelling)).description == spelling)
    }

    @Test("may ignore any number of columns")
    func ignore() throws {
        #expect(
            try Self.fields(["phone", "a", "b"], ["a": "ignore", "b": "ignore"]) == ["phone", "ignore", "ignore"])
    }

    @Test("a header of one word a thousand times is named in as many steps; more columns are refused with the bound")
    func many() throws {
        let headers = ["phone"] + Array(repeating: "a", count: 999)
        #expect(try ColumnMapping(headers: headers).columns.last?.fieldName == "a (999)")
        #expect(throws: ListImportError.tooManyColumns(200_000)) {
            try ColumnMapping(headers: Array(repeating: "phone", count: 200_000))
        }
        #expect(ListImportError.tooManyColumns(1001).description.contains("at most 1000"))
        // A number that another column has by its own name is left out.
        let fields = try ColumnMapping(headers: ["phone", "b", "b", "b (2)", "b"]).columns.map(\.fieldName)
        #expect(fields == ["phone", "b", "b (2)", "b (2) (2)", "b (3)"])
    }

    @Test(
        "recognizes the parts of a number",
        arguments: [
            ("phone_code", "calling_code"), ("phone_country_code", "calling_code"),
            ("Phone Country Code", "calling_code"),
            ("dial_code", "calling_code"), ("Calling Code", "calling_code"), ("Mobile country code", "calling_code"),
            ("Ländervorwahl", "calling_code"), ("Vorwahl Land", "calling_code"), ("Indicatif", "calling_code"),
            ("Prefijo", "calling_code"), ("Prefisso", "calling_code"), ("Landnummer", "calling_code"),
            ("Landsnummer", "calling_code"), ("Maatunnus", "calling_code"), ("Kierunkowy kraju", "calling_code"),
            ("DDI", "calling_code"), ("area_code", "area_code"), ("Vorwahl", "area_code"), ("Netnummer", "area_code"),
            ("Riktnummer", "area_code"), ("Suuntanumero", "area_code"), ("DDD", "area_code"), ("NPA", "area_code"),
            ("State/Region", "state"), ("Record ID", "external_id"), ("Lead ID", "external_id"),
            ("vendor_lead_code", "external_id"), ("Contact ID", "external_id"),
            ("Phone 1 - Label", "custom:Phone 1 - Label"),
            ("Telefax", "custom:Telefax"), ("Numer faksu", "custom:Numer faksu"),
        ])
    func parts(header: String, expected: String) throws {
        #expect(try Self.fields(["phone", header]) == ["phone", expected])
    }

    @Test(
        "takes a column of numbers for phones where nothing else is one",
        arguments: ["Number", "Nummer", "Numéro", "Número", "Numero", "Numer"])
    func numberAlone(header: String) throws {
        #expect(try Self.fields(["Name", header]) == ["name", "phone"])
        #expect(try Self.fields(["Name", header, "Phone"]) == ["name", "custom:\(header)", "phone"])
    }

    @Test(
        "takes the name beside a first name for the family's",
        arguments: [
            "Name;Vorname", "Naam;Voornaam", "Name;Prénom", "Namn;Förnamn", "Navn;Fornavn", "Nimi;Etunimi",
            "Name;First Name",
        ])
    func familyName(header: String) throws {
        let headers = header.split(separator: ";").map(String.init) + ["phone"]
        #expect(try Self.fields(headers) == ["last_name", "first_name", "phone"])
        #expect(try Self.fields(headers, [headers[0]: "name"]).first == "name")
        #expect(try Self.fields(headers + ["Surname"]).first == "name")
    }

    @Test("takes the other system's identity before the dialer's own")
    func identities() throws {
        #expect(
            try Self.fields(["lead_id", "vendor_lead_code", "phone"]) == ["custom:lead_id", "external_id", "phone"])
        #expect(try Self.fields(["lead_id", "phone"]) == ["external_id", "phone"])
        #expect(
            try Self.fields(["Record ID", "Contact ID", "phone"]) == ["external_id", "custom:Contact ID", "phone"])
    }
}

import PhoneNumbers
import Testing

@Suite("Numbers of the French plan")
struct FrenchPlanTests {
    let reader = NumberReader()

    @Test(
        "of overseas parts are those that are reached, however they are written, with their own clocks",
        arguments: [
            ("05 90 30 12 34", "+590590301234", "America/Guadeloupe"),
            ("0690301234", "+590690301234", "America/Guadeloupe"),
            ("0691221234", "+590691221234", "America/Guadeloupe"), ("0594301234", "+594594301234", "America/Cayenne"),
            ("0694201234", "+594694201234", "America/Cayenne"), ("0596601234", "+596596601234", "America/Martinique"),
            ("06 96 20 12 34", "+596696201234", "America/Martinique"),
            ("0697201234", "+596697201234", "America/Martinique"),
            ("0262201234", "+262262201234", "Indian/Reunion"), ("0263101234", "+262263101234", "Indian/Reunion"),
            ("06 92 11 22 33", "+262692112233", "Indian/Reunion"), ("0693301234", "+262693301234", "Indian/Reunion"),
            ("06 39 11 22 33", "+262639112233", "Indian/Mayotte"), ("0269601234", "+262269601234", "Indian/Mayotte"),
            ("0976901234", "+262976901234", "Indian/Mayotte"), ("0976301234", "+262976301234", "Indian/Reunion"),
            ("0976001234", "+590976001234", "America/Guadeloupe"), ("0947612345", "+594947612345", "America/Cayenne"),
            ("0709001234", "+590709001234", "America/Guadeloupe"), ("0709301234", "+594709301234", "America/Cayenne"),
            ("0709351234", "+262709351234", "Indian/Mayotte"), ("0508412345", "+508412345", "America/Miquelon"),
            ("0708401234", "+508708401234", "America/Miquelon"),
            ("+33590301234", "+590590301234", "America/Guadeloupe"),
            ("+33 692 11 22 33", "+262692112233", "Indian/Reunion"),
            ("0033639112233", "+262639112233", "Indian/Mayotte"),
            ("+590 590 30 12 34", "+590590301234", "America/Guadeloupe"),
            ("+262 692 11 22 35", "+262692112235", "Indian/Reunion"),
        ])
    func overseas(text: String, e164: String, zone: String) throws {
        let atlas = try NumberData.atlas()
        for region in ["FR", "RE", "GP"] {
            let reading = try reader.read(text, region: region).get()
            #expect(reading.number.e164 == e164, "\(text) in \(region)")
            #expect(atlas.location(of: reading).zones.contains(zone), "\(text) in \(region)")
            #expect(!atlas.location(of: reading).zones.contains("Europe/Paris"), "\(text) in \(region)")
        }
    }

    @Test(
        "of metropolitan France stay there, also where they are typed overseas",
        arguments: [
            ("01 99 00 12 34", "+33199001234"), ("06 12 34 56 78", "+33612345678"), ("0751234567", "+33751234567"),
            ("0561123456", "+33561123456"), ("0241123456", "+33241123456"), ("0638123456", "+33638123456"),
            ("+33 6 12 34 56 78", "+33612345678"), ("0970123456", "+33970123456"),
        ])
    func metropolitan(text: String, e164: String) throws {
        for region in ["FR", "GF", "YT"] {
            #expect(try reader.read(text, region: region).get().number.e164 == e164, "\(text) in \(region)")
        }
    }

    @Test("of Guadeloupe and of the islands that parted from it cannot be told apart: the zones of all hold")
    func oneIsland() throws {
        let mobile = try reader.read("0690301234", region: "FR").get()
        #expect(
            try NumberData.atlas().location(of: mobile).zones
                == ["America/Guadeloupe", "America/Marigot", "America/St_Barthelemy"])
    }

    @Test("that are read again from their digits stay what they are")
    func again() throws {
        for digits: Int64 in [33_590_301_234, 590_590_301_234] {
            let number = try #require(PhoneNumber(digits: digits))
            #expect(reader.reading(of: number)?.number.e164 == "+590590301234")
        }
    }

    @Test(
        "of other regions with a shared plan have the zones of their own region",
        arguments: [
            ("07797 712345", "GB", "+447797712345", "JE", "Europe/Jersey"),
            ("07781 123456", "GB", "+447781123456", "GG", "Europe/Guernsey"),
            ("07624 212345", "GB", "+447624212345", "IM", "Europe/Isle_of_Man"),
            ("787 555 0143", "US", "+17875550143", "PR", "America/Puerto_Rico"),
            ("(340) 555-0143", "US", "+13405550143", "VI", "America/St_Thomas"),
            ("671 555 0143", "US", "+16715550143", "GU", "Pacific/Guam"),
            ("684 555 0143", "US", "+16845550143", "AS", "Pacific/Pago_Pago"),
            ("670 555 0143", "US", "+16705550143", "MP", "Pacific/Saipan"),
            ("(08) 9164 1234", "AU", "+61891641234", "CX", "Indian/Christmas"),
            ("(08) 9162 1234", "AU", "+61891621234", "CC", "Indian/Cocos"),
            ("8 727 212 3456", "RU", "+77272123456", "KZ", "Asia/Almaty"),
        ])
    func families(text: String, region: String, e164: String, own: String, zone: String) throws {
        let atlas = try NumberData.atlas()
        let reading = try NumberReader(atlas: atlas).read(text, region: region).get()
        #expect(reading.number.e164 == e164)
        #expect(reading.region == own)
        #expect(atlas.location(of: reading).zones.contains(zone))
    }
}

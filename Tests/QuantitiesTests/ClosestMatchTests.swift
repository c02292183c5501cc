import Quantities
import Testing

@Suite struct ClosestMatchTests {
    static let words = ["separator", "diffusivity", "currentDensity", "thickness", "temperature", "um"]

    @Test(
        arguments: [
            ("seperator", "separator"), ("sepraator", "separator"), ("thicknes", "thickness"),
            ("diffusvity", "diffusivity"), ("currentdensity", "currentDensity"), ("TEMPERATURE", "temperature"),
            ("temprature", "temperature"), ("mu", "um"), ("UM", "um"), ("separator", "separator"),
        ] as [(String, String)])
    func finds(_ word: String, _ match: String) {
        #expect(closestMatch(to: word, among: Self.words) == match)
    }

    @Test(arguments: ["", "x", "voltage", "xx", "sep", "thermal conductivity"])
    func staysSilent(_ word: String) {
        #expect(closestMatch(to: word, among: Self.words) == nil)
    }

    @Test func tiesGoToTheLongerCommonBeginningThenTheEarlier() {
        #expect(closestMatch(to: "umm", among: ["mm", "um"]) == "um")
        #expect(closestMatch(to: "abx", among: ["aby", "abz"]) == "aby")
        #expect(closestMatch(to: "anything", among: [String]()) == nil)
    }
}

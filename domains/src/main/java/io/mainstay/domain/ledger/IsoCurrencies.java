package io.mainstay.domain.ledger;

import java.util.HashMap;
import java.util.Map;

/** The currencies of ISO 4217 with their scale, as of 2026. A table of our own: what the JDK says changes with the JDK. */
final class IsoCurrencies {
    private static final Map<String, Integer> SCALES = new HashMap<>();

    static {
        put(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        put(
                2,
                "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
                        + "CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
                        + "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD "
                        + "MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR "
                        + "RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD "
                        + "TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG");
        put(3, "BHD IQD JOD KWD LYD OMR TND");
        put(4, "CLF UYW");
    }

    private IsoCurrencies() {}

    /** Digits behind the point, or {@link Assets#SCALE_UNKNOWN} if there is no such currency. */
    static int scale(String code) {
        return SCALES.getOrDefault(code, Assets.SCALE_UNKNOWN);
    }

    private static void put(int scale, String codes) {
        for (String code : codes.split(" ", -1)) {
            SCALES.put(code, scale);
        }
    }
}

package org.flowshield.app.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.flowshield.app.providers.map.CountryMark;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.junit.jupiter.api.Test;

final class MapPictureTest {

    private final Format format = new Format(Language.ENGLISH, ZoneOffset.UTC);
    private final Texts texts = Texts.of(Language.ENGLISH, "providers");

    @Test
    void most_providers_have_the_strongest_colour_and_words_say_the_number() {
        MapPicture picture = picture(MapPicture.By.NUMBER);
        assertThat(mark(picture, "US").shade()).isEqualTo(CountryMark.SHADES - 1);
        assertThat(mark(picture, "NL").shade()).isEqualTo(1);
        assertThat(mark(picture, "NL").words())
                .isEqualTo("Netherlands · providers: 2 · from 0.5 FLOW per GiB");
        assertThat(picture.legend()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void the_cheapest_have_the_strongest_colour() {
        MapPicture picture = picture(MapPicture.By.PRICE);
        assertThat(mark(picture, "BR").shade()).isEqualTo(CountryMark.SHADES - 1);
        assertThat(mark(picture, "SG").shade()).isZero();
        assertThat(picture.legend()).hasSize(CountryMark.SHADES).last().isEqualTo("≤ 0.4625 FLOW");
    }

    @Test
    void who_does_not_say_where_it_is_or_names_no_country_is_not_on_the_map() {
        MapPicture picture =
                MapPicture.of(
                        List.of(
                                Samples.provider(1, null, "1", 10),
                                Samples.provider(2, "XX", "1", 10)),
                        MapPicture.By.NUMBER,
                        format,
                        texts);
        assertThat(picture).isEqualTo(MapPicture.EMPTY);
    }

    @Test
    void countries_are_listed_by_their_names_in_the_language() {
        assertThat(
                        MapPicture.of(
                                        List.of(
                                                Samples.provider(1, "DE", "1", 10),
                                                Samples.provider(2, "CH", "1", 10),
                                                Samples.provider(3, "FR", "1", 10)),
                                        MapPicture.By.NUMBER,
                                        format,
                                        texts)
                                .countries())
                .containsExactly("FR", "DE", "CH"); // France, Germany, Switzerland
    }

    @Test
    void one_price_everywhere_is_one_colour() {
        MapPicture picture =
                MapPicture.of(
                        List.of(
                                Samples.provider(1, "NL", "1", 10),
                                Samples.provider(2, "DE", "1", 10)),
                        MapPicture.By.PRICE,
                        format,
                        texts);
        assertThat(picture.marks())
                .extracting(CountryMark::shade)
                .containsOnly(CountryMark.SHADES - 1);
    }

    private MapPicture picture(MapPicture.By by) {
        return MapPicture.of(Samples.market().providers(), by, format, texts);
    }

    private static CountryMark mark(MapPicture picture, String code) {
        return picture.marks().stream()
                .filter(mark -> mark.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}

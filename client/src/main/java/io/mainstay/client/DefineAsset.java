package io.mainstay.client;

/**
 * Define an asset that is no currency of ISO 4217, before accounts hold it.
 *
 * @param code 3 to 12 capital letters or digits
 * @param scale digits behind the point, which never change
 */
public record DefineAsset(String code, int scale) implements Order<Asset> {}

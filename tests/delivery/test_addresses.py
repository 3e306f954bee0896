"""Addresses: what is accepted, what is refused and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.delivery.addresses import AddressFault, read_address


@pytest.mark.parametrize(
    ("text", "name", "wire"),
    [
        ("taro@example.jp", "", "taro@example.jp"),
        ("  山田 太郎 <taro@example.jp> ", "山田 太郎", "taro@example.jp"),
        ('"Yamada, Taro" <taro+ai@Example.JP>', "Yamada, Taro", "taro+ai@example.jp"),
        ("taro@例え.テスト", "", "taro@xn--r8jz45g.xn--zckzah"),
        ("山田@例え.jp", "", "山田@xn--r8jz45g.jp"),
        ("o'neil@sub.example.co.jp", "", "o'neil@sub.example.co.jp"),
    ],
)
def test_an_address_is_read_with_its_name(text: str, name: str, wire: str) -> None:
    address = read_address(text)
    assert (address.name, address.wire) == (name, wire)


def test_only_an_international_mailbox_needs_a_server_that_speaks_utf8() -> None:
    assert read_address("山田@example.jp").needs_utf8
    assert not read_address("taro@例え.jp").needs_utf8


def test_two_spellings_of_one_mailbox_have_one_key() -> None:
    assert read_address("Taro@EXAMPLE.jp").key == read_address("太郎 <taro@example.jp>").key
    assert read_address("a@例え.jp").key == read_address("a@xn--r8jz45g.jp").key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "空です"),
        ("taro", "形ではありません"),
        ("a@b@example.jp", "形ではありません"),
        ("@example.jp", "形ではありません"),
        ("taro@", "形ではありません"),
        ("taro@localhost", "ドメイン名ではありません"),
        ("taro@exa mple.jp", "使えません"),
        ("ta ro@example.jp", "使えない文字"),
        (".taro@example.jp", "点の位置"),
        ("ta..ro@example.jp", "点の位置"),
        ("taro@example..jp", "使えません"),
        ("taro@-example.jp", "使えません"),
        ("taro@192.168.0.1", "使えません"),
        ("taro@[192.168.0.1]", "使えません"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("taro@example.jp, jiro@example.jp", "一つのアドレスではありません"),
        ("taro@example.jp\r\nBcc: all@example.jp", "改行"),
        ("太郎\n <taro@example.jp>", "改行"),
        ("taro@exam\u200eple.jp", "見えない文字"),
        ("x" * 65 + "@example.jp", "長すぎます"),
        ("taro@" + "x" * 64 + ".jp", "使えません"),
        ("taro@" + "x." * 130 + "jp", "長すぎます"),
        ('"<script>"@example.jp', "使えない文字"),
    ],
)
def test_an_unusable_address_says_why(text: str, said: str) -> None:
    with pytest.raises(AddressFault) as caught:
        read_address(text)
    assert said in caught.value.what + caught.value.fix
    assert "\n" not in caught.value.what


@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_is_typed_gives_a_safe_address_or_a_reason(text: str, name: str) -> None:
    try:
        address = read_address(text, name)
    except AddressFault:
        return
    assert not set("\r\n\0 <>,") & set(address.wire)
    assert not set("\r\n\0") & set(address.name)
    assert read_address(address.wire).key == address.key
